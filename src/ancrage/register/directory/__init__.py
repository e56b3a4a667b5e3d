"""The directory: ESS establishments and inclusion enterprises, found, counted, placed, shown one by one."""
