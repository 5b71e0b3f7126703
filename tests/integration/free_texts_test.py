"""Offers as free text: mails in their encodings, text files, PDFs; what is private stays out."""

import email.message
import email.policy
import glob
import json
import os
import shutil
import subprocess
import unittest

from system import BIN, DATA, SANITIZERS, TERRITORY, SystemTest, main

PERSON, ADDRESS, PHONE = "Éloïse Inventée", "eloise@exemple.test", "06 12 34 56 78"
BODY = f"""Bonjour,

Nous cherchons un développeur web, HTML et CSS, en CDI à Lille.
Appelez Éloïse au {PHONE} ou écrivez à {ADDRESS}.

Cordialement,
Éloïse Inventée
"""


def mail(body=BODY, subject="TR: Développeur web", encoding="quoted-printable", charset="utf-8",
         **more):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = f"{PERSON} <{ADDRESS}>"
    message["To"] = "emploi@exemple.test"
    message["Subject"] = subject
    message["Date"] = "Wed, 25 Nov 2026 09:30:00 +0100"
    message["Message-ID"] = more.get("message_id", "<1@exemple.test>")
    message.set_content(body, cte=encoding, charset=charset)
    if "html" in more:
        message.add_alternative(more["html"], subtype="html")
    return message.as_bytes()


def pdf(text):
    """A PDF of one page, with that text or with nothing on it."""
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1") if text else b""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
               b"/Resources<</Font<</F1 5 0 R>>>>>>",
               b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table


class FreeTextsTest(SystemTest):
    def setUp(self):
        self.begin(workers=1)
        self.folder = self.system.path("courrier")
        os.mkdir(self.folder)

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def passerelle(self, *words):
        done = subprocess.run(
            [os.path.join(BIN, "passerelle"), *words, "--state", self.system.state, "--territory",
             TERRITORY, "--lang", "en"],
            env={**os.environ, **SANITIZERS, "PASSERELLE_DATA": DATA, "LC_ALL": "C.UTF-8"},
            input="", capture_output=True, timeout=300, text=True, check=False)
        self.assertNotIn("Sanitizer", done.stderr)
        return done

    def imported(self, *words, code=0):
        done = self.passerelle("import", "offers", "--text", *words, "--json")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        answer = json.loads(done.stdout)
        return [answer[count] for count in ("created", "changed", "unchanged", "rejected")], done

    def records(self):
        return [line["record"] for line in
                map(json.loads, self.passerelle("list", "offers", "--json").stdout.splitlines())]

    def only(self):
        record, = self.records()
        return record

    def holds_nowhere(self, *texts):
        for path in glob.glob(self.system.path("**"), recursive=True):
            if os.path.isfile(path) and not path.startswith(self.folder):
                with open(path, "rb") as file:
                    data = file.read()
                for text in texts:
                    self.assertNotIn(text.encode(), data, path)

    def test_a_mail_becomes_a_draft_without_its_people(self):
        self.write("1.eml", mail())
        self.assertEqual(self.imported(self.folder)[0], [1, 0, 0, 0])
        record = self.only()
        self.assertEqual(record["title"], "Développeur web")
        self.assertEqual((record["source"], record["observed_at"]),
                         ("mail", "2026-11-25T08:30:00.000Z"))
        self.assertIn("développeur web, HTML et CSS, en CDI à Lille", record["description"])
        for private in (PHONE, ADDRESS, "Éloïse", "Inventée"):
            self.assertNotIn(private, json.dumps(record, ensure_ascii=False))
        self.holds_nowhere(PHONE, ADDRESS, "Éloïse", "Inventée")
        stored = self.system.ask("record.list", kind="offer", personal=True)["records"][0]
        self.assertEqual(stored["state"], "draft")
        self.assertEqual(stored["record"]["contact"],
                         {"name": PERSON, "email": ADDRESS, "phone": PHONE})
        # Again, and by another name: nothing changes.
        self.assertEqual(self.imported(self.folder)[0], [0, 0, 1, 0])
        os.rename(os.path.join(self.folder, "1.eml"), os.path.join(self.folder, "2.eml"))
        self.assertEqual(self.imported(self.folder)[0], [0, 0, 1, 0])
        self.system.verify()

    def test_mails_in_their_encodings_say_the_same(self):
        kinds = [("base64", "utf-8"), ("quoted-printable", "iso-8859-1"), ("8bit", "utf-8"),
                 ("base64", "windows-1252"), ("quoted-printable", "utf-8")]
        for number, (encoding, charset) in enumerate(kinds):
            self.write(f"{number}.eml", mail(encoding=encoding, charset=charset,
                                             message_id=f"<{number}@exemple.test>"))
        self.assertEqual(self.imported(self.folder)[0], [len(kinds), 0, 0, 0])
        self.assertEqual(len({record["description"] for record in self.records()}), 1)

    def test_html_quotes_and_signatures(self):
        message = email.message.EmailMessage(policy=email.policy.SMTP)
        message["Subject"], message["Message-ID"] = "Poste", "<9@exemple.test>"
        message.set_content("<p>Un <b>poste</b>&nbsp;:</p><ul><li>HTML</li></ul>", subtype="html")
        self.write("html.eml", message.as_bytes())
        self.imported(self.folder)
        self.assertEqual(self.only()["description"], "Un poste :\n\n- HTML")
        self.write("html.eml", mail("Oui, en CDD.\n> Quel contrat ?\n-- \nSARL Exemple\n",
                                    html="<p>autre</p>"))
        self.imported(self.folder)
        self.assertIn("Oui, en CDD.", [record["description"] for record in self.records()])

    def test_text_files_are_known_by_their_names(self):
        path = self.write("offre.txt", "Développeur web\nHTML, appeler le 0612345678".encode())
        self.assertEqual(self.imported(path)[0], [1, 0, 0, 0])
        record = self.only()
        self.assertEqual((record["source"], record["reference"], record["title"]),
                         ("text", "offre.txt", "Développeur web"))
        self.assertNotIn("0612345678", record["description"])
        self.write("offre.txt", "Développeuse web\nCSS, à Roubaix".encode("windows-1252"))
        os.utime(path)
        self.assertEqual(self.imported(path)[0], [0, 1, 0, 0])
        self.assertEqual(self.only()["description"], "Développeuse web\nCSS, à Roubaix")
        self.assertEqual(self.imported(path, "--source", "mairie")[0], [1, 0, 0, 0])
        self.assertIn("mairie", [record["source"] for record in self.records()])

    @unittest.skipUnless(shutil.which("pdftotext"), "pdftotext is not there")
    def test_pdfs_are_read_and_scans_are_named(self):
        self.write("a.pdf", pdf("Developpeur web, HTML et CSS"))
        self.write("scan.pdf", pdf(""))
        self.write("wrong.pdf", b"%PDF-1.4 nonsense")
        counts, done = self.imported(self.folder, code=4)
        self.assertEqual(counts, [1, 0, 0, 2])
        self.assertRegex(done.stderr, r"scan\.pdf:1:1: a scan")
        self.assertRegex(done.stderr, r"wrong\.pdf:1:1: not a PDF")
        self.assertEqual(self.only()["title"], "Developpeur web, HTML et CSS")

    def test_what_cannot_be_read_is_named(self):
        self.write("vide.txt", b" \n")
        self.write("octets.txt", b"a\0b")
        self.write("photo.jpg", b"\xff\xd8")
        self.write("bon.txt", "Développeur web".encode())
        counts, done = self.imported(self.folder, code=4)
        self.assertEqual(counts, [1, 0, 0, 2])
        for told in ("vide.txt:1:1: there is nothing in it", "octets.txt:1:1: not a text",
                     "photo.jpg:1:1: warning: left aside"):
            self.assertIn(told, done.stderr)
        self.assertEqual(self.imported(os.path.join(self.folder, "nowhere.txt"), code=1)[0],
                         [0, 0, 0, 1])


if __name__ == "__main__":
    main()
