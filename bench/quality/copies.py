"""Copies of the official folders without what a ranker under test must not know."""

import csv
import gzip
import os
import shutil

import official
import tasks


def copy_rows(source, target, keep, delimiter=","):
    """Copies a table, row by row, where keep(row) says so; quoting is normalised."""
    with official.open_text(source) as file:
        reader = csv.DictReader(file, delimiter=delimiter)
        with gzip.open(target, "wt", encoding="utf-8", newline="", compresslevel=1) as output:
            writer = csv.DictWriter(output, reader.fieldnames, delimiter=delimiter,
                                    lineterminator="\n")
            writer.writeheader()
            writer.writerows(row for row in reader if keep(row))


def copy_folder(source, target, without=()):
    """Copies a folder's files but those named."""
    os.makedirs(target, exist_ok=True)
    for name in os.listdir(source):
        if name not in without:
            shutil.copyfile(os.path.join(source, name), os.path.join(target, name))


def copy_rome(rome, target, table, keep):
    """A ROME folder in which one table is thinned."""
    name = os.path.basename(rome.path(table))
    copy_folder(rome.folder, target, without=(name,))
    copy_rows(rome.path(table), os.path.join(target, name), keep)


def copy_mapping(data, target, keep):
    copy_rows(data.mapping_path, os.path.join(target, official.MAPPING), keep)


def without_titles(data, target):
    """The held-out titles are in neither the ROME folder nor the mapping file."""
    held_out = tasks.held_out_titles(data.rome)
    copy_rome(data.rome, os.path.join(target, "rome"), "referentiel_appellation",
              lambda row: row["code_ogr"] not in held_out)
    copy_folder(data.esco, os.path.join(target, "esco"))
    copy_mapping(data, target, lambda row: row["rome_appellation_ogr"] not in held_out)


def without_mobility(data, target):
    copy_rome(data.rome, os.path.join(target, "rome"), "rubrique_mobilite", lambda row: False)
    copy_folder(data.esco, os.path.join(target, "esco"))
    copy_mapping(data, target, lambda row: True)


def without_fold(data, target, fold):
    """The fold's occupations have no mapping, no title and no skill list."""
    tested = tasks.tested_occupations(data, fold)
    copy_folder(data.rome.folder, os.path.join(target, "rome"))
    occupations = [name for name in os.listdir(data.esco) if name.startswith("occupations_")]
    copy_folder(data.esco, os.path.join(target, "esco"), (official.RELATIONS, *occupations))
    for name in occupations:
        copy_rows(os.path.join(data.esco, name), os.path.join(target, "esco", name),
                  lambda row: row["conceptUri"] not in tested)
    copy_rows(os.path.join(data.esco, official.RELATIONS),
              os.path.join(target, "esco", official.RELATIONS),
              lambda row: row["occupation_uri"] not in tested, "\t")
    copy_mapping(data, target, lambda row: row["esco_occupation_uri"] not in tested)


def whole(data, target):
    copy_folder(data.rome.folder, os.path.join(target, "rome"))
    copy_folder(data.esco, os.path.join(target, "esco"))
    copy_mapping(data, target, lambda row: True)


NAMES = ["whole", "titles", "mobility", *(f"fold{i}" for i in range(tasks.FOLDS))]


def write(data, name, target):
    os.makedirs(target, exist_ok=True)
    if name.startswith("fold"):
        without_fold(data, target, int(name[4:]))
    else:
        {"whole": whole, "titles": without_titles, "mobility": without_mobility}[name](data, target)
