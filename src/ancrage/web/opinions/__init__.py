"""« Cette page vous a-t-elle aidé ? »"""
