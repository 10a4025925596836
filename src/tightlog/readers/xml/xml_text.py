"""Text of XML files in any encoding, and what kind of file they are."""

import codecs
import re

# Encodings seen in exports, all of them harmless to decode (unlike utf-7, punycode or
# unicode_escape).
TEXT_ENCODING = re.compile(
    r"(utf-?8|us-ascii|iso-?8859-?\d+|windows-125\d|gb2312|gbk|gb18030|big5|shift_jis"
    r"|euc-\w\w|koi8-r)\Z",
    re.ASCII | re.IGNORECASE,
)


def root_name(data: bytes) -> str | None:
    """Local name of the root element, None when the bytes are not markup; reads the first 16
    kB only.
    """
    head = utf8_of(data[: 16 * 1024]).decode(errors="replace")
    while head.startswith(("<?", "<!")):
        head = _after_prologue_item(head).lstrip()
    found = re.match(r"<(?:[\w.\-]+:)?([A-Za-z_][\w.\-]*)", head)
    return found[1] if found else None


def _after_prologue_item(head: str) -> str:
    """The text after the declaration, comment or document type it begins with."""
    if head.startswith("<!--"):
        end = "-->"
    elif head.startswith("<?"):
        end = "?>"
    else:
        end = "]>" if "[" in head.partition(">")[0] else ">"
    return head.partition(end)[2]


def content_description(data: bytes) -> str:
    """Description of bytes that should have been a recording but are something else."""
    found = root_name(data)
    if not data.strip(b" \t\r\n\0"):
        return "the file is empty"
    if found and found.lower() in {"html", "head", "body", "script"}:
        return "it is a web page, probably an error page saved instead of the download"
    return f"it is an XML file of another kind (<{found[:40]}>)" if found else "it holds no XML"


def utf8_of(data: bytes) -> bytes:
    """UTF-8 bytes of a text file, without mark and leading blanks; the encoding is recognised by
    mark, pattern or declaration, else UTF-8.

    Anything else is read as Windows-1252, in which nearly every byte is valid: only names can be
    wrong, never numbers.
    """
    blanks = b" \t\r\n\0"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace").encode().lstrip(blanks)
    bare = data.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    if bare.startswith((b"<\0", b"\0<")):
        return (
            data.decode("utf-16-le" if bare.startswith(b"<") else "utf-16-be", errors="replace")
            .encode()
            .lstrip(blanks)
        )
    bare = bare.lstrip(blanks)
    declared = re.search(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""", bare[:400])
    name = declared[1].decode("ascii", errors="replace") if declared else "utf-8"
    is_other = TEXT_ENCODING.match(name) and codecs.lookup(name).name != "utf-8"
    if is_other and (text := _decoded(bare, name)) is not None:
        return text.encode()
    if _is_utf8(bare):
        return bare
    return bare.decode("cp1252", errors="replace").encode()


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8; the last character may be cut off."""
    if data.isascii():
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True
