#!/bin/sh
# age.sh RECIPIENTS FOLDER NAME: encrypts what it reads into FOLDER/NAME.age, which it replaces whole.
set -eu
umask 077
new=$2/.$3.age.$$
trap 'rm -f "$new"' EXIT
age --encrypt --armor --recipients-file "$1" --output "$new"
mv "$new" "$2/$3.age"
