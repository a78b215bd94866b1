# shellcheck shell=sh disable=SC2034,SC2154 # read by configure, whose names it uses
# What mxtrail stands on, what that is called in each package manager, and how to get it.

# What is needed, by the names configure has for it: class, name, the program to look for (- where
# configure probes itself), and its package for each package manager (, joins two).
dependencies() {
	cat <<-'END'
	# class name     program         apt               dnf                 pacman      apk          zypper            brew            pkg
	build cc         -               gcc,libc6-dev     gcc,glibc-devel     gcc         gcc,musl-dev gcc,glibc-devel   -               -
	build make       make            make              make                make        make         make              -               -
	build pkg-config pkg-config      pkg-config        pkgconf-pkg-config  pkgconf     pkgconf      pkg-config        pkgconf         pkgconf
	build ncurses    -               libncurses-dev    ncurses-devel       ncurses     ncurses-dev  ncurses-devel     ncurses         -
	build ldns       -               libldns-dev       ldns-devel          ldns        ldns-dev     ldns-devel        ldns            ldns
	build libedit    -               libedit-dev       libedit-devel       libedit     libedit-dev  libedit-devel     libedit         libedit
	build libuv      -               libuv1-dev        libuv-devel         libuv       libuv-dev    libuv-devel       libuv           libuv
	build libidn2    -               libidn2-dev       libidn2-devel       libidn2     libidn2-dev  libidn2-devel     libidn2         libidn2
	build libssl     -               libssl-dev        openssl-devel       openssl     openssl-dev  libopenssl-devel  openssl         -
	build libcurl    -               libcurl4-openssl-dev libcurl-devel    curl        curl-dev     libcurl-devel     curl            curl
	build jansson    -               libjansson-dev    jansson-devel       jansson     jansson-dev  libjansson-devel  jansson         jansson
	build inih       -               libinih-dev       inih-devel          libinih     inih-dev     inih-devel        inih            inih
	build uthash     -               uthash-dev        uthash-devel        uthash      uthash-dev   uthash-devel      uthash          uthash
	test  cmocka     -               libcmocka-dev     libcmocka-devel     cmocka      cmocka-dev   libcmocka-devel   cmocka          cmocka
	test  prove      prove           perl              perl-Test-Harness   perl        perl-utils   perl              perl            perl5
	test  tmux       tmux            tmux              tmux                tmux        tmux         tmux              tmux            tmux
	test  ps         ps              procps            procps-ng           procps-ng   procps       procps            -               -
	test  nsd        nsd             nsd               nsd                 nsd         nsd          nsd               nsd             nsd
	test  unbound    unbound         unbound           unbound             unbound     unbound      unbound           unbound         unbound
	test  dig        dig             bind9-dnsutils    bind-utils          bind        bind-tools   bind-utils        bind            bind-tools
	test  checkzone  named-checkzone bind9-utils       bind                bind        bind-tools   bind-utils        bind            bind-tools
	test  testns     ldns-testns     ldnsutils         ldns-utils          ldns        ldns-tools   ldns              ldns            ldns
	test  openssl    openssl         openssl           openssl             openssl     openssl      openssl           openssl         openssl
	test  parallel   parallel        parallel          parallel            parallel    parallel     gnu_parallel      parallel        parallel
	test  json-xs    -               libjson-xs-perl   perl-JSON-XS        perl-json-xs perl-json-xs perl-JSON-XS     -               p5-JSON-XS
	test  jsonschema -               python3-jsonschema python3-jsonschema python-jsonschema py3-jsonschema python3-jsonschema - py39-jsonschema
	test  valgrind   valgrind        valgrind          valgrind            valgrind    valgrind     valgrind          -               valgrind
	test  shellcheck shellcheck      shellcheck        ShellCheck          shellcheck  shellcheck   ShellCheck        shellcheck      hs-ShellCheck
	test  ctags      ctags           universal-ctags   ctags               ctags       ctags        ctags             universal-ctags universal-ctags
	test  format     clang-format    clang-format      clang-tools-extra   clang       clang-extra-tools clang        clang-format    llvm
	test  spf        -               python3-spf,libmail-spf-perl -         -           -            -                 -               -
	test  mandoc     mandoc          mandoc            mandoc              mandoc      mandoc       mandoc            mandoc          -
	END
}

package_manager() { # its column in the table, and the command that installs
	column='' install_command=''
	while read -r number program arguments; do
		command -v "$program" >/dev/null 2>&1 || continue
		column=$number install_command="$program $arguments"
		break
	done <<-'END'
	4 apt-get install -y --no-install-recommends
	5 dnf install -y
	6 pacman -S --needed --noconfirm
	7 apk add
	8 zypper --non-interactive install
	9 brew install
	10 pkg install -y
	END
	as_root=''
	[ "$(id -u)" = 0 ] || [ "$column" = 9 ] || as_root=$(command -v sudo || command -v doas || true)
}

# The programs that are missing, of class $1 (test includes build), join what is lacking.
need_programs() {
	while read -r class name program _; do
		case $class:$program in *:-|'#'*) continue ;; esac
		[ "$class" = build ] || [ "$1" = test ] || continue
		need "$name" try command -v "$program"
	done <<-END
	$(dependencies)
	END
}

packages() { # of what is lacking, in one line
	dependencies | awk -v lacking="$lacking " -v column="$column" '
		index(lacking, " " $2 " ") && $column != "-" { gsub(",", " ", $column); line = line " " $column }
		END { print substr(line, 2) }'
}

# shellcheck disable=SC2086 # package names are a list of words
install_packages() {
	[ "$column" != 4 ] || $as_root apt-get update || say 'apt-get update failed, going on with the lists there are'
	# A name server that only the tests start must not be started by its package.
	policy=/usr/sbin/policy-rc.d
	if [ "$column" = 4 ] && [ ! -e $policy ]; then
		printf '#!/bin/sh\nexit 101\n' >"$work/policy-rc.d"
		$as_root install -m 755 "$work/policy-rc.d" $policy
		trap '$as_root rm -f $policy; rm -rf "$work"' EXIT
	fi
	$as_root env DEBIAN_FRONTEND=noninteractive $install_command $1
}

# Debian has libraries for other machines beside those of this one, by the name of the architecture.
debian_architecture() {
	case $host in
	aarch64-*) echo arm64 ;; arm*-gnueabihf) echo armhf ;; arm*-gnueabi) echo armel ;;
	x86_64-*) echo amd64 ;; i?86-*) echo i386 ;; powerpc64le-*) echo ppc64el ;;
	riscv64-*|s390x-*|mips64el-*) echo "${host%%-*}" ;;
	*) echo ARCHITECTURE ;;
	esac
}

# For --host the compiler and the libraries are those of the other machine, and nothing is installed.
cross_hint() {
	hint="the compiler and the libraries of $host:$lacking"
	if [ "$column" = 4 ]; then
		foreign=$(debian_architecture)
		hint="${prefix_of_root}dpkg --add-architecture $foreign && ${prefix_of_root}apt-get update &&"
		hint="$hint $prefix_of_root$install_command $(foreign_packages "$foreign")"
	fi
	die "missing:$lacking, for $host. To get it: $hint"
}
foreign_packages() { # of what is lacking, for the architecture $1
	dependencies | awk -v lacking="$lacking " -v arch="$1" -v host="$host" '
		!index(lacking, " " $2 " ") { next }
		$2 == "cc" { line = line " gcc-" host; next }
		$3 != "-" { line = line " " $4; next }
		{ line = line " " $4 ":" arch }
		END { print substr(line, 2) }'
}

# What SPF verdicts are compared with in the tests, where it has packages.
have_spf_peers() { python3 -c 'import spf' && perl -MMail::SPF -e 1; }

# Installs what is lacking and runs configure again, or says what to install, and ends.
provide() {
	package_manager
	need_programs "$install"
	if [ "$install$column" = test4 ]; then need spf try have_spf_peers; fi
	[ -n "$lacking" ] || return 0
	wanted=$(packages)
	[ -n "$install_command" ] || die "missing:$lacking (no package manager known here; README lists what is needed)"
	prefix_of_root=${as_root:+${as_root##*/} }
	hint="$prefix_of_root$install_command $wanted"
	[ "$column" != 4 ] || hint="${prefix_of_root}apt-get update && $hint"
	[ -z "$host" ] || cross_hint
	if [ -z "$install" ]; then
		die "missing:$lacking. To get it: $hint
configure: or let this script do it: $0 --install-deps (config.log has the details)"
	fi
	[ -n "$as_root" ] || [ "$(id -u)" = 0 ] || [ "$column" = 9 ] || die "neither sudo nor doas is here. As root: $hint"
	say "installing: $wanted"
	install_packages "$wanted" || die "could not install: $wanted"
	eval "sh $(quote "$0")$saved"
	exit
}
