#!/bin/sh
# embed.sh: writes C on stdout that defines embedded_files (src/base/embedded.h) from themes/ and
# help/, sorted by path as strcmp sorts, and the README of each language as a page of help
# (help/README.txt, help/ja/README.txt). "embed.sh --messages" defines catalogues (src/base/message.h)
# from src/po/; with a language behind it there is only that one, made up (src/po.awk). "embed.sh
# --list" writes the paths only.
set -eu
LC_ALL=C; export LC_ALL
cd "$(dirname "$0")/.."

list() {
	find themes help -type f ! -name '.*' ! -name '*~' ! -name '*.in' ! -name README 2>/dev/null
	for readme in README help/??/README; do
		[ ! -f "$readme" ] || echo "$readme"
	done
}

# The same as "NAME PATH", in the order of the names.
named() {
	list | sed -e 's|^README$|help/README.txt README|' -e 's|^help/../README$|&.txt &|' -e '/ /!s|.*|& &|' | sort
}

if [ "${1-}" = --list ]; then
	list | sort
	ls src/po/*.po
	exit
fi
if [ "${1-}" = --messages ]; then
	exec awk -v made_up="${2-}" -f src/po.awk src/po/*.po
fi

# One pass: od writes each file's bytes in decimal, a line "@path" goes before them.
named | while read -r name path; do
	echo "@$name"
	od -An -v -tu1 <"$path"
done | awk '
	function close_file() { if (path != "") printf "0};\n" }
	/^@/ {
		close_file()
		path = substr($0, 2)
		paths[count] = path
		lengths[count] = 0
		printf "static const unsigned char bytes_%d[] = {\n", count++
		next
	}
	{
		lengths[count - 1] += NF
		gsub(/ +/, ",")
		print substr($0, 2) ","
	}
	BEGIN {
		count = 0
		print "/* Written by src/embed.sh: the files of themes/ and help/. */"
		print "#include \"base/embedded.h\"\n"
	}
	END {
		close_file()
		print "\nconst struct embedded embedded_files[] = {"
		for (i = 0; i < count; i++)
			printf "\t{\"%s\", bytes_%d, %d},\n", paths[i], i, lengths[i]
		print "\t{NULL, NULL, 0},\n};"
		printf "const size_t embedded_count = %d;\n", count
	}'
