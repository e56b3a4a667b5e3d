"""Why the system refused an operation on a file, in French."""

import errno

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
REASONS = {
    **dict.fromkeys(FULL, "plus de place"),
    errno.EACCES: "accès refusé",
    errno.EPERM: "opération interdite",
    errno.EROFS: "disque en lecture seule",
    errno.ENOTDIR: "un fichier occupe la place d'un dossier",
    errno.EEXIST: "un fichier occupe la place d'un dossier",
    errno.EISDIR: "c'est un dossier",
    errno.ENOENT: "introuvable",
    errno.EIO: "erreur du disque",
    errno.ELOOP: "lien qui tourne en rond",
    errno.ENAMETOOLONG: "nom trop long",
}


def reason_of(error: OSError) -> str:
    """The reason, or the system's own words for one we do not know."""
    return REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
