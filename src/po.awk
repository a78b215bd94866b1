# po.awk: C on stdout that defines catalogues (src/base/message.h) from the PO files named. Strings
# are written in PO as they are in C, so they are copied. What is not translated or is marked fuzzy
# is left out, as is the head, whose id is empty.

function flush_entry() {
	if (id != "" && text != "" && !fuzzy) {
		if (!count[languages]++)
			printf "static const struct message messages_%s[] = {\n", language
		printf "\t{%s, %s, %s},\n", context == "" ? "\"\"" : context, id, text
	}
	id = text = context = part = ""
	fuzzy = 0
}

function close_file() {
	flush_entry()
	if (count[languages])
		print "};\n"
}

FNR == 1 {
	close_file()
	language = FILENAME
	sub(/.*\//, "", language)
	sub(/\.po$/, "", language)
	names[++languages] = language
	count[languages] = 0
}

/^#, .*fuzzy/ { flush_entry(); fuzzy = 1; next }
/^#/ { next }
/^msgctxt / { if (text != "" || id != "") flush_entry(); part = "context"; sub(/^msgctxt /, "") }
/^msgid / { if (id != "" || text != "") flush_entry(); part = "id"; sub(/^msgid /, "") }
/^msgid_plural / { part = "plural"; next }
/^msgstr/ { part = "text"; sub(/^msgstr(\[0\])? /, "") }
/^"/ {
	if ($0 == "\"\"") next
	if (part == "context") context = context $0
	else if (part == "id") id = id (id == "" ? "" : " ") $0
	else if (part == "text") text = text (text == "" ? "" : " ") $0
}

END {
	close_file()
	print "const struct catalogue catalogues[] = {"
	for (i = 1; i <= languages; i++)
		if (count[i])
			printf "\t{\"%s\", messages_%s, %d},\n", names[i], names[i], count[i]
	print "\t{NULL, NULL, 0},\n};"
}
