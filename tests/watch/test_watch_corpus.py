"""Reading a corpus: encodings, shapes of files, duplicates, what is set aside."""

import gzip
import os
from datetime import date

import pytest

from ancrage.errors import CorpusError
from ancrage.watch.corpus import Wishes, survey
from ancrage.watch.declaration import Term
from ancrage.watch.moments import Moment
from ancrage.watch.tables import Columns
from workbooks import ods, xlsx

TERM = (Term(id="co", libelle="Co", variantes=("co-construction",)),)


def read(folder, **wishes):
    return survey([folder], TERM, Wishes(**wishes))


def counts(corpus):
    """Occurrences by file, without the folder."""
    return {text.document.name.partition("/")[2]: text.counts[0] for text in corpus.texts}


def moments(corpus):
    return {text.document.name.partition("/")[2]: str(text.moment) for text in corpus.texts}


def reasons(corpus):
    return {one.name.partition("/")[2]: one.reason for one in corpus.refused}


def write(folder, name, content, encoding="utf-8"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def test_each_encoding_of_a_folder_is_read_and_told(tmp_path):
    text = "L’économie, la co\u2011construction"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        write(tmp_path, f"{encoding}-2001.txt", f"{text} en {encoding}", encoding)
    write(tmp_path, "cp1252-2002.txt", "Le cœur de la co–construction à 3 €", "cp1252")
    write(tmp_path, "latin-2003.txt", "l'\x81économie, la co-construction", "latin-1")
    corpus = read(tmp_path)
    assert list(counts(corpus).values()) == [1] * 5
    assert {name: len(files) for name, files in corpus.encodings.items()} == {
        "cp1252": 1,
        "latin-1": 1,
        "utf-16": 1,
        "utf-8": 2,
    }


def test_a_page_is_read_in_the_encoding_it_declares_unless_it_is_utf8(tmp_path):
    page = '<meta charset="{}"><meta name="date" content="2014-07-31"><p>Marché : œuvre, co-construction'
    write(tmp_path, "a.html", page.format("iso-8859-1"), "cp1252")
    write(tmp_path, "b.html", page.format("iso-8859-1") + " !", "utf-8")
    write(tmp_path, "c.html", page.format("nimporte") + " ?", "cp1252")
    write(tmp_path, "d.xml", '<?xml version="1.0" encoding="koi8-r"?><t>дом co-construction</t>', "koi8-r")
    corpus = read(tmp_path, context=4)
    assert counts(corpus) == {"a.html": 1, "b.html": 1, "c.html": 1, "d.xml": 1}
    assert [text.mentions[0].before for text in corpus.texts][:1] == ["Marché : œuvre, "]
    assert [text.mentions[0].before for text in corpus.texts][-1:] == ["дом "]


def test_a_text_without_date_is_of_no_year(tmp_path):
    write(tmp_path, "notes.txt", "co-construction")
    write(tmp_path, "daté-2014.txt", "la co-construction")
    assert [text.document.name for text in read(tmp_path).undated] == [f"{tmp_path.name}/notes.txt"]


def test_the_date_given_wins_then_the_declared_one_then_the_name(tmp_path):
    front = "---\ntitre: x\ndate: 2015-06-01 # jour\n---\nla co-construction {}"
    write(tmp_path, "a-2001.md", front.format("a"))
    write(tmp_path, "b-2002.md", front.format("b"))
    write(tmp_path, "c-2003.md", "la co-construction")
    write(tmp_path, "d-2004.md", "---\ndate: bientôt\n---\nla co-construction d")
    corpus = read(tmp_path, dates={"a-2001.md": Moment(1999), "absent.md": Moment(2000)})
    assert moments(corpus) == {
        "a-2001.md": "1999",
        "b-2002.md": "2015-06-01",
        "c-2003.md": "2003",
        "d-2004.md": "2004",
    }
    assert corpus.remarks == ("dates données pour des fichiers absents : absent.md",)


def test_a_front_matter_with_a_long_blank_is_read(tmp_path):
    write(tmp_path, "a.md", f"---\ndate: 2014{' ' * 200_000}# fin\n---\nla co-construction")
    assert moments(read(tmp_path)) == {"a.md": "2014"}


def test_a_front_matter_is_not_counted_but_keeps_the_lines(tmp_path):
    write(tmp_path, "a.md", "---\ntitre: co-construction\ndate: 2015\n---\n\nla co-construction\n")
    (text,) = read(tmp_path).texts
    assert (text.counts, text.words, text.mentions[0].line) == ((1,), 2, 6)


def test_a_page_gives_what_a_reader_sees_on_the_line_of_the_file(tmp_path):
    write(
        tmp_path,
        "page-2014.html",
        "<html><head><title>co-construction</title>\n<script>\nco-construction\n</script></head>\n"
        "<!-- co-construction -->\n<p>la <b>co</b>-<i>construc</i>tion<sup>1</sup></p>\n"
        "<p>co</p><p>construction</p>\n<p>&eacute;co, co&shy;construction &amp; co&#8209;construction</p>",
    )
    (text,) = read(tmp_path).texts
    assert [(one.line, one.words) for one in text.mentions] == [
        (6, "co-construction"),
        (8, "co\u00adconstruction"),
        (8, "co\u2011construction"),
    ]


def test_an_xml_text_gives_its_elements_and_its_declared_date(tmp_path):
    write(
        tmp_path,
        "texte.xml",
        "<?xml version='1.0' encoding='UTF-8'?>\n<TEXTE>\n<META><ID>1</ID><TITRE>co-construction</TITRE>\n"
        "<DATE_PUBLI>2014-08-01</DATE_PUBLI><DATE_TEXTE>2014-07-31</DATE_TEXTE></META>\n"
        "<CONTENU><p>La co-<br/>construction</p>\n"
        "<p><![CDATA[la co-construction]]> &amp; l'État</p></CONTENU>\n</TEXTE>",
    )
    write(tmp_path, "debat-2009.xml", "<cr><dateSeance>2999-01-01</dateSeance><p>co-construction</p></cr>")
    corpus = read(tmp_path)
    assert moments(corpus) == {"texte.xml": "2014-07-31", "debat-2009.xml": "2009"}
    (text,) = [one for one in corpus.texts if one.document.name.endswith("texte.xml")]
    assert ([one.line for one in text.mentions], text.words) == ([5, 6], 7)


def test_an_xml_file_opens_nothing_else(tmp_path):
    secret = write(tmp_path, "secret", "co-construction")
    write(
        tmp_path,
        "a-2010.xml",
        f'<!DOCTYPE t [<!ENTITY e SYSTEM "file://{secret}">]><t>un mot &e; autre</t>',
    )
    assert counts(read(tmp_path)) == {"a-2010.xml": 0}


def test_rows_of_tables_are_texts_with_their_line_and_their_date(tmp_path):
    write(
        tmp_path,
        "aides-2023.csv",
        'Titre;Descriptif;Date Clôture\na;"deux\nlignes";31/12/2022\nb;co-construction;\n'
        "c;la co-construction;2021\nd;trop;de;cellules\ne;;2020\n",
        "cp1252",
    )
    write(tmp_path, "seances.jsonl", '{"date": "2019-05-02", "texte": "co-construction ici"}\n[1]\n{"x"\n')
    corpus = read(tmp_path)
    assert moments(corpus) == {
        "aides-2023.csv, ligne 2": "2022-12-31",
        "aides-2023.csv, ligne 4": "None",
        "aides-2023.csv, ligne 5": "2021",
        "seances.jsonl, ligne 1": "2019-05-02",
    }
    assert reasons(corpus) == {
        "aides-2023.csv, ligne 6": "4 cellules au lieu de 3",
        "aides-2023.csv, ligne 7": "vide",
        "seances.jsonl, ligne 2": "JSON mal formé",
        "seances.jsonl, ligne 3": "JSON mal formé",
    }
    assert [text.line_of(one) for text in corpus.texts for one in text.mentions] == [4, 5, 1]
    assert "texte « Descriptif », date « Date Clôture »" in corpus.remarks[0]


def test_two_columns_of_dates_are_no_guess_but_one_may_be_named(tmp_path):
    write(tmp_path, "a.csv", "texte,date_debut,date_fin\nco-construction,2001-01-01,2002-01-01\n")
    assert moments(read(tmp_path)) == {"a.csv, ligne 2": "None"}
    assert moments(read(tmp_path, columns=Columns(date="date_fin"))) == {"a.csv, ligne 2": "2002-01-01"}


def test_a_table_without_column_of_dates_has_that_of_its_name(tmp_path):
    write(tmp_path, "a-2014.csv", "texte\nco-construction\n")
    assert moments(read(tmp_path)) == {"a-2014.csv, ligne 2": "2014"}


def test_a_table_whose_text_is_not_found_is_set_aside_with_its_columns(tmp_path):
    write(tmp_path, "a.csv", "nom,valeur\nx,1\n")
    write(tmp_path, "b-2014.txt", "co-construction")
    absent = "ligne 1 : colonne de texte reconnue absente (colonnes : nom, valeur)"
    assert reasons(read(tmp_path)) == {"a.csv": absent}
    told = reasons(read(tmp_path, columns=Columns(text="corps")))
    assert told == {"a.csv": "ligne 1 : colonne « corps » absente (colonnes : nom, valeur)"}


def test_the_same_words_count_once_under_their_earliest_date(tmp_path):
    for name in ("a.txt", "b-2015.txt", "c-2014.txt"):
        write(tmp_path, name, "la co-construction\n")
    write(tmp_path, "d-2016.txt", "la co-construction", "utf-16")
    corpus = read(tmp_path)
    assert moments(corpus) == {"c-2014.txt": "2014"}
    here = tmp_path.name
    assert {(one.name, one.same_as) for one in corpus.duplicates} == {
        (f"{here}/{name}", f"{here}/c-2014.txt") for name in ("a.txt", "b-2015.txt", "d-2016.txt")
    }
    assert corpus.texts[0].mentions[0].words == "co-construction"


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_workbook_is_read_as_a_table_of_texts(tmp_path, make):
    rows = (
        ("Texte", "Date"),
        ("la co-construction", date(2021, 3, 31)),
        ("rien", None),
        ("co-construction", 2019),
    )
    make(tmp_path / f"aides.{make.__name__}", {"Aides": rows})
    corpus = read(tmp_path)
    assert [(text.document.line, str(text.moment or "")) for text in corpus.texts] == [
        (2, "2021-03-31"),
        (3, ""),
        (4, "2019"),
    ]
    assert [sum(text.counts) for text in corpus.texts] == [1, 0, 1]


def test_what_is_no_text_is_set_aside_and_listed(tmp_path):
    write(tmp_path, "bon-2014.txt", "co-construction")
    write(tmp_path, "vide.txt", b" \n")
    write(tmp_path, "ponctuation.txt", "… — !")
    write(tmp_path, "binaire.txt", b"MZ\x00\x01co-construction")
    write(tmp_path, "commandes.txt", bytes(range(1, 9)) * 20)
    write(tmp_path, "rapport.txt", b"%PDF-1.4 co-construction")
    write(tmp_path, "moitie.txt", b"\xff\xfea\x00b")
    write(tmp_path, "rapport.pdf", b"%PDF-1.4")
    write(tmp_path, "casse.xml", "<a>\n<b></a>")
    write(tmp_path, "casse.html", "<p>a</p>\n<![nimporte[x]]>")
    write(tmp_path, "casse.csv", 'texte,date\n"a\nb,2014\n')
    write(tmp_path, "faux.txt.gz", b"pas du gzip")
    write(tmp_path, "coupe.txt.gz", gzip.compress(b"co-construction" * 99)[:20])
    write(tmp_path, "bon.txt.gz", gzip.compress(b"la co-construction"))
    (tmp_path / "lien.txt").symlink_to(tmp_path / "absent.txt")
    os.mkfifo(tmp_path / "tuyau.txt")
    corpus = read(tmp_path)
    assert counts(corpus) == {"bon-2014.txt": 1, "bon.txt.gz": 1}
    told = reasons(corpus)
    assert told.pop("casse.csv").startswith("CSV mal formé, ligne 2")
    assert told.pop("casse.html").startswith("HTML mal formé, ligne")
    assert told == {
        "vide.txt": "le fichier est vide",
        "ponctuation.txt": "vide",
        "binaire.txt": "ligne 1 : ce n'est pas un texte (octet nul à la position 2)",
        "commandes.txt": "ligne 1 : ce n'est pas un texte (caractères de commande)",
        "rapport.txt": "ligne 1 : c'est un PDF, pas un texte",
        "moitie.txt": "ligne 1 : l'UTF-16 y est coupé ou abîmé",
        "rapport.pdf": "type de fichier non lu (.pdf)",
        "casse.xml": "XML mal formé, ligne 2",
        "faux.txt.gz": "la compression gzip est coupée ou abîmée",
        "coupe.txt.gz": "la compression gzip est coupée ou abîmée",
        "lien.txt": "lien brisé ou fichier spécial",
        "tuyau.txt": "lien brisé ou fichier spécial",
    }


def test_folders_are_read_in_depth_and_links_that_loop_are_cut(tmp_path):
    write(tmp_path, "a/b/c/texte-2014.txt", "co-construction")
    (tmp_path / "a" / "b" / "boucle").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "soi").symlink_to(tmp_path / "a" / "soi")
    corpus = survey([tmp_path, tmp_path / "a", tmp_path / "a/b/c/texte-2014.txt"], TERM)
    assert counts(corpus) == {"a/b/c/texte-2014.txt": 1}
    assert corpus.duplicates == ()
    assert list(reasons(corpus)) == ["a/soi"]


def test_one_huge_line_has_a_short_context(tmp_path):
    write(tmp_path, "a-2014.txt", "mot " * 300_000 + "co-construction" + " x" * 5 + "y" * 1_000_000)
    (text,) = read(tmp_path).texts
    (mention,) = text.mentions
    assert mention.before == "mot " * 8
    assert len(mention.after) < 300


def test_a_context_holds_as_many_words_as_asked(tmp_path):
    write(tmp_path, "a-2014.txt", "un\ndeux trois l'co-construction, quatre\ncinq six")
    for asked, told in ((0, []), (1, [(2, "l'", ", ")]), (2, [(2, "trois l'", ", quatre")])):
        (text,) = read(tmp_path, context=asked).texts
        assert [(one.line, one.before, one.after) for one in text.mentions] == [
            (line, before, after.rstrip()) for line, before, after in told
        ]


@pytest.mark.parametrize("name", ["vide.txt", "image.png"])
def test_nothing_to_count_is_refused(tmp_path, name):
    write(tmp_path, name, b"")
    with pytest.raises(CorpusError, match=f"Aucun texte à compter.*{name}"):
        read(tmp_path)


def test_an_empty_folder_and_an_absent_one_are_refused(tmp_path):
    with pytest.raises(CorpusError, match="Aucun texte"):
        read(tmp_path)
    with pytest.raises(CorpusError, match="introuvable"):
        read(tmp_path / "absent")


def test_names_and_texts_that_no_output_can_write_are_mended(tmp_path):
    (tmp_path / os.fsdecode(b"\xe9t\xe9-2014.txt")).write_text("co-construction")
    write(tmp_path, "moitie.jsonl", '{"texte": "co-construction \\ud800"}')
    corpus = read(tmp_path)
    assert counts(corpus) == {"moitie.jsonl, ligne 1": 1, "\ufffdt\ufffd-2014.txt": 1}
    assert [text.mentions[0].after for text in corpus.texts] == [" ?", ""]
