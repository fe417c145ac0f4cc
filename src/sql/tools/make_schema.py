#!/usr/bin/env python3
"""Writes src/sql/osquery_schema.inc from a JSON list of osquery's tables.

usage: make_schema.py TABLES.json > src/sql/osquery_schema.inc

The input is {"version": ..., "tables": [{"name", "platforms", "evented", "aliases",
"columns": [{"name", "type", "platforms", "required", "index", "additional", "hidden"}]}]}.
One entry a table comes out: name, platforms, flags, aliases, then a word for each column:
name:type[/flags][@platforms]. schema.cpp says what the letters mean.
"""
import json
import sys

PLATFORMS = {"darwin": "d", "linux": "l", "windows": "w"}
TYPES = {
    "text": "t", "integer": "i", "bigint": "b", "unsigned_bigint": "u", "double": "f",
    "datetime": "s", "blob": "x",
}
FLAGS = {"required": "r", "index": "x", "additional": "a", "hidden": "h"}
WIDTH = 96


def letters(names, table):
    return "".join(sorted(table[name] for name in names))


def column_word(column):
    word = column["name"] + ":" + TYPES[column["type"]]
    flags = "".join(letter for flag, letter in FLAGS.items() if column.get(flag))
    if flags:
        word += "/" + flags
    if column.get("platforms"):
        word += "@" + letters(column["platforms"], PLATFORMS)
    return word


def entry(table):
    words = [
        table["name"],
        letters(table["platforms"], PLATFORMS),
        "e" if table.get("evented") else "-",
        ",".join(table.get("aliases", [])) or "-",
    ] + [column_word(column) for column in table["columns"]]
    lines, line = [], ""
    for word in words:
        if line and len(line) + len(word) + 1 > WIDTH - 8:
            lines.append(line)
            line = ""
        line += word + " "
    lines.append(line.rstrip())
    return "    " + "\n        ".join('"' + text + '"' for text in lines) + ","


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        schema = json.load(source)
    print("// Made by src/sql/tools/make_schema.py; do not edit.")
    print("// clang-format off")
    print('constexpr std::string_view kOsqueryVersion = "%s";' % schema["version"])
    print("constexpr std::string_view kTables[] = {")
    for table in sorted(schema["tables"], key=lambda table: table["name"]):
        print(entry(table))
    print("};")
    print("// clang-format on")


main()
