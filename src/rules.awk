# rules.awk: from the rooms (src/rooms) and, after them, the list of source files (configure
# --list-sources) to the lists and the explicit rules of the Makefile, so that it needs nothing that
# only one make has.

BEGIN {
	embedded = "embedded_files.o catalogues.o"
	made_up = "tests/replay/mxtrail-xx" # the program in a language that is made up (src/po.awk)
}

function folder_of(path) { sub(/\/[^\/]*$/, "", path); return path }
function name_of(path) { sub(/.*\//, "", path); return path }
function floor_of(path) { return path ~ /^src\// ? "src/" first_part(substr(path, 5)) : folder_of(path) }
function list_folder(folder) { if (!seen[folder]++) list["FOLDERS"] = list["FOLDERS"] " " folder }
function first_part(path) { sub(/\/.*/, "", path); return path }

# A room: its floor, and the floors that this one stands on.
NR == FNR {
	sub(/#.*/, "")
	if (NF < 3)
		next
	floor = first_part($1)
	if (!(floor in stands_on))
		floors[++floor_count] = floor
	for (i = 3; i <= NF; i++)
		if (first_part($i) != floor)
			stands_on[floor] = stands_on[floor] " " first_part($i)
	next
}

!/\.c$/ { list["EMBEDDED"] = list["EMBEDDED"] " $(srcdir)/" $0; next }

{
	path = substr($0, 1, length($0) - 2)
	folder = folder_of(path)
	list_folder(folder)
	list_folder(floor_of(path))
	objects[floor_of(path)] = objects[floor_of(path)] " " path ".o"
	sources[++source_count] = path
	if (folder ~ /^tests\/unit\// && name_of(path) ~ /^test_/)
		list["UNIT_TESTS"] = list["UNIT_TESTS"] " " path
	else if (folder ~ /^tests\/(lint|replay|server|terminal)$/ || path ~ /^tests\/fuzz\/fuzz_/)
		list["TEST_PROGRAMS"] = list["TEST_PROGRAMS"] " " path
	else if (folder == "tests/bench")
		list["BENCH_PROGRAMS"] = list["BENCH_PROGRAMS"] " " path
	else if (folder ~ /^tests\/unit\// && folder != "tests/unit/worlds")
		shared[folder] = shared[folder] " " path ".o"
	if (path == "src/main/main")
		list["PROGRAM"] = "mxtrail"
}

function recipe(label, command) { printf "\t$(SAY) %s $@\n\t$(Q)%s\n\n", label, command }

# Links the objects with the archives of a floor and of those below it.
function program(path, parts, floor, more) {
	printf "%s: %s $(ARCHIVES_%s)\n", path, parts, floor
	recipe("LINK", "$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ " parts " $(ARCHIVES_" floor ")" more " $(LIBRARIES_" floor ") $(LIBS)")
}

# The archive of a folder, named after it.
function archive(folder, parts, file) {
	if (folder == "src/base")
		parts = parts " " embedded
	file = folder "/lib" name_of(folder) ".a"
	printf "%s:%s config.sources\n", file, parts
	recipe("AR", "rm -f $@; $(AR) crs $@" parts)
}

# Notes the floor and all below it in reached[].
function reach(floor, names, i, count) {
	if (floor in reached)
		return
	reached[floor] = 1
	count = split(stands_on[floor], names)
	for (i = 1; i <= count; i++)
		reach(names[i])
}

# What links with a floor: its archive and those of the floors below, the highest first.
function links(name, floor, k, archives, libraries) {
	split("", reached)
	reach(floor)
	for (k = floor_count; k > 0; k--) {
		if (!(floors[k] in reached) || floors[k] == "main")
			continue
		if (("src/" floors[k]) in objects)
			archives = archives " src/" floors[k] "/lib" floors[k] ".a"
		libraries = libraries " $(LIBS_" floors[k] ")"
	}
	printf "ARCHIVES_%s =%s\nLIBRARIES_%s =%s\n", name, archives, name, libraries
}

END {
	if (list["PROGRAM"])
		list["TEST_PROGRAMS"] = list["TEST_PROGRAMS"] " " made_up
	print "default: all\n"
	split("PROGRAM UNIT_TESTS TEST_PROGRAMS BENCH_PROGRAMS FOLDERS EMBEDDED", names)
	for (i = 1; i in names; i++)
		print names[i] " =" " " list[names[i]]
	for (k = 1; k <= floor_count; k++)
		links(floors[k] == "main" ? "all" : floors[k], floors[k])
	print "FUZZ_MAIN = tests/fuzz/driver.o\nFUZZ_FLAGS =\n"

	for (i = 1; i <= source_count; i++) {
		path = sources[i]
		printf "%s.o: $(srcdir)/%s.c config.flags\n", path, path
		recipe("CC", "$(COMPILE) -c -o $@ $(srcdir)/" path ".c")
	}
	for (i = 1; i <= floor_count; i++)
		if (floors[i] != "main" && ("src/" floors[i]) in objects)
			archive("src/" floors[i], objects["src/" floors[i]])
	if ("tests/unit/worlds" in objects) {
		worlds = " tests/unit/worlds/libworlds.a"
		archive("tests/unit/worlds", objects["tests/unit/worlds"])
	}
	if (list["PROGRAM"]) {
		program("mxtrail", objects["src/main"], "all", " $(LIBS_first)")
		program(made_up, objects["src/main"] " catalogue_xx.o", "all", "")
	}
	for (i = 1; i <= source_count; i++) {
		path = sources[i]
		folder = folder_of(path)
		if (folder ~ /^tests\/unit\// && name_of(path) ~ /^test_/)
			program(path, path ".o" shared[folder] worlds, name_of(folder), " $(LIBS_cmocka)")
		else if (path ~ /^tests\/fuzz\/fuzz_/)
			program(path, path ".o $(FUZZ_MAIN)" worlds, "all", " $(FUZZ_FLAGS)")
		else if (folder ~ /^tests\/(lint|replay|server|terminal|bench)$/)
			program(path, path ".o" (folder == "tests/replay" ? worlds : ""), "all", "")
	}
	for (i = 1; i <= source_count; i++)
		print "-include " sources[i] ".d"
	print ""
}
