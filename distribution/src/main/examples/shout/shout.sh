#!/bin/sh
# A text stands in the environment as it is. What is printed is JSON: a text is in quotes.
set -eu
printf '"%s"\n' "$(printf %s "$CROWD_INPUT" | tr '[:lower:]' '[:upper:]' | sed 's/[\\"]/\\&/g')"
