# po.awk: C on stdout that defines catalogues (src/base/message.h) from the PO files named. Strings
# are written in PO as they are in C, so they are copied. What is not translated or is marked fuzzy
# is left out, as is the head, whose id is empty.
#
# With -v made_up=LANGUAGE the first of the files gives the ids, and the only language is that one:
# every letter has an accent, so that what is no message is seen by its plain letters.

# The text with accents but in conversions and escapes.
function accented(text, out, letter) {
	for (out = ""; text != ""; text = substr(text, 1 + RLENGTH)) {
		if (!match(text, /^(%[-+ #0-9.*]*[hlzjt]*[a-zA-Z%]|\\.)/))
			RLENGTH = 1
		letter = substr(text, 1, RLENGTH)
		out = out (letter in accents ? accents[letter] : letter)
	}
	return out
}

function flush_entry() {
	if (made_up != "")
		text = accented(plural != "" ? plural : id)
	if (id != "" && text != "" && !fuzzy) {
		if (!count[languages]++)
			printf "static const struct message messages_%s[] = {\n", language
		printf "\t{%s, %s, %s},\n", context == "" ? "\"\"" : context, id, text
	}
	id = plural = text = context = part = ""
	fuzzy = 0
}

function close_file() {
	flush_entry()
	if (count[languages])
		print "};\n"
}

BEGIN {
	print "/* Written by src/po.awk. */\n#include \"base/message.h\"\n"
	pairs = split("aá bƀ cç dð eé fƒ gğ hħ ií jĵ kķ lļ mɱ nñ oó pƥ qʠ rř sš tţ uú vʋ wŵ xẋ yý zž " \
		"AÁ BƁ CÇ DÐ EÉ FƑ GĞ HĦ IÍ JĴ KĶ LĻ MṀ NÑ OÓ PƤ QɊ RŘ SŠ TŢ UÚ VƲ WŴ XẊ YÝ ZŽ", pair, " ")
	for (i = 1; i <= pairs; i++)
		accents[substr(pair[i], 1, 1)] = substr(pair[i], 2)
}

FNR == 1 {
	if (made_up != "" && languages)
		exit
	close_file()
	language = FILENAME
	sub(/.*\//, "", language)
	sub(/\.po$/, "", language)
	if (made_up != "")
		language = made_up
	names[++languages] = language
	count[languages] = 0
}

/^#, .*fuzzy/ { flush_entry(); fuzzy = 1; next }
/^#/ { next }
/^msgctxt / { if (text != "" || id != "") flush_entry(); part = "context"; sub(/^msgctxt /, "") }
/^msgid / { if (id != "" || text != "") flush_entry(); part = "id"; sub(/^msgid /, "") }
/^msgid_plural / { part = "plural"; sub(/^msgid_plural /, "") }
/^msgstr/ { part = "text"; sub(/^msgstr(\[0\])? /, "") }
/^"/ {
	if ($0 == "\"\"") next
	if (part == "context") context = context $0
	else if (part == "id") id = id (id == "" ? "" : " ") $0
	else if (part == "plural") plural = plural (plural == "" ? "" : " ") $0
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
