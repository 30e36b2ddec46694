#!/bin/sh
# What is put into ./save is stored; printing nothing, the output is the list of its URLs.
set -eu
lines=$(printf %s "$CROWD_OPTIONS" | sed -n 's/.*"lines":\([0-9]*\).*/\1/p')
head -n "${lines:-10}" "$CROWD_INPUT_PATH" > "save/$CROWD_FILE_NAME.txt"
