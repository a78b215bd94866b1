# rules.awk: from the list of source files (configure --list-sources) on stdin to the lists and
# the explicit rules of the Makefile, so that it needs nothing that only one make has.

BEGIN {
	count = split("base dns mail survey net report view app term", floors)
	floors[0] = "all"
	below["base"] = "base"
	below["dns"] = "dns base"
	below["mail"] = "mail dns base"
	below["survey"] = "survey mail dns base"
	below["net"] = "net dns base"
	below["report"] = "report survey mail dns base"
	below["view"] = "view report survey mail dns base"
	below["app"] = "app view report survey mail dns base"
	below["term"] = "term app view report survey mail dns base"
	below["all"] = "term net app view report survey mail dns base"
	embedded = "embedded_files.o"
}

function folder_of(path) { sub(/\/[^\/]*$/, "", path); return path }
function name_of(path) { sub(/.*\//, "", path); return path }

!/\.c$/ { list["EMBEDDED"] = list["EMBEDDED"] " $(srcdir)/" $0; next }

{
	path = substr($0, 1, length($0) - 2)
	folder = folder_of(path)
	if (!(folder in objects))
		list["FOLDERS"] = list["FOLDERS"] " " folder
	objects[folder] = objects[folder] " " path ".o"
	sources[++source_count] = path
	if (folder ~ /^tests\/unit\// && name_of(path) ~ /^test_/)
		list["UNIT_TESTS"] = list["UNIT_TESTS"] " " path
	else if (folder ~ /^tests\/(lint|replay|server|terminal)$/ || path ~ /^tests\/fuzz\/fuzz_/)
		list["TEST_PROGRAMS"] = list["TEST_PROGRAMS"] " " path
	else if (folder == "tests/bench")
		list["BENCH_PROGRAMS"] = list["BENCH_PROGRAMS"] " " path
	else if (folder ~ /^tests\/unit\//)
		shared[folder] = shared[folder] " " path ".o"
	if (path == "src/main")
		list["PROGRAM"] = "mxtrail"
}

function recipe(label, command) { printf "\t$(SAY) %s $@\n\t$(Q)%s\n\n", label, command }

# Links the objects with the archives of a floor and of those below it.
function program(path, parts, floor, more) {
	printf "%s: %s $(ARCHIVES_%s)\n", path, parts, floor
	recipe("LINK", "$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ " parts " $(ARCHIVES_" floor ")" more " $(LIBRARIES_" floor ") $(LIBS)")
}

function archive(floor, parts) {
	if (floor == "base")
		parts = parts " " embedded
	printf "src/%s/lib%s.a:%s config.sources\n", floor, floor, parts
	recipe("AR", "rm -f $@; $(AR) crs $@" parts)
}

END {
	print "default: all\n"
	split("PROGRAM UNIT_TESTS TEST_PROGRAMS BENCH_PROGRAMS FOLDERS EMBEDDED", names)
	for (i = 1; i in names; i++)
		print names[i] " =" " " list[names[i]]
	for (k = 0; k <= count; k++) {
		floor = floors[k]
		archives = libraries = ""
		parts = split(below[floor], floors_below)
		for (i = 1; i <= parts; i++) {
			if (("src/" floors_below[i]) in objects)
				archives = archives " src/" floors_below[i] "/lib" floors_below[i] ".a"
			libraries = libraries " $(LIBS_" floors_below[i] ")"
		}
		printf "ARCHIVES_%s =%s\nLIBRARIES_%s =%s\n", floor, archives, floor, libraries
	}
	print "FUZZ_MAIN = tests/fuzz/driver.o\nFUZZ_FLAGS =\n"

	for (i = 1; i <= source_count; i++) {
		path = sources[i]
		printf "%s.o: $(srcdir)/%s.c config.flags\n", path, path
		recipe("CC", "$(COMPILE) -c -o $@ $(srcdir)/" path ".c")
	}
	for (i = 1; i <= count; i++)
		if (("src/" floors[i]) in objects)
			archive(floors[i], objects["src/" floors[i]])
	if (list["PROGRAM"])
		program("mxtrail", objects["src"], "all", "")
	for (i = 1; i <= source_count; i++) {
		path = sources[i]
		folder = folder_of(path)
		if (folder ~ /^tests\/unit\// && name_of(path) ~ /^test_/)
			program(path, path ".o" shared[folder], name_of(folder), " $(LIBS_cmocka)")
		else if (path ~ /^tests\/fuzz\/fuzz_/)
			program(path, path ".o $(FUZZ_MAIN)", "all", " $(FUZZ_FLAGS)")
		else if (folder ~ /^tests\/(lint|replay|server|terminal|bench)$/)
			program(path, path ".o", "all", "")
	}
	for (i = 1; i <= source_count; i++)
		print "-include " sources[i] ".d"
	print ""
}
