# Finds a JDK 25. Sourced by ./innkeeper and ./check; POSIX sh.
#
# find_jdk sets JDK to the folder and JDK_VERSION to the version; it returns 1, after saying on standard error what to do,
# where there is none. The version is read from the file "release" that every JDK has: starting java to ask takes longer
# than all the rest.

JDK_NEEDED=25

# jdk_release_version FOLDER: sets JDK_VERSION to JAVA_VERSION of its release file; empty where there is none.
jdk_release_version() {
    JDK_VERSION=
    [ -r "$1/release" ] || return 0
    while IFS='=' read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
        if [ "$jdk_key" = JAVA_VERSION ]; then
            jdk_value=${jdk_value#\"}
            JDK_VERSION=${jdk_value%%\"*}
            return 0
        fi
    done < "$1/release"
}

# jdk_fits FOLDER: true, with JDK and JDK_VERSION set, where it is a JDK of the version we need.
jdk_fits() {
    jdk_release_version "$1"
    case $JDK_VERSION in
    "$JDK_NEEDED" | "$JDK_NEEDED".* | "$JDK_NEEDED"-* | "$JDK_NEEDED"+*) ;;
    *) return 1 ;;
    esac
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    JDK=$1
}

# jdk_of_command FILE: the folder that a java command belongs to, links followed.
jdk_of_command() {
    jdk_file=$(readlink -f "$1" 2>/dev/null) || jdk_file=$1
    jdk_bin=${jdk_file%/*}
    printf '%s\n' "${jdk_bin%/*}"
}

# jdk_named FOLDER-OR-COMMAND: as jdk_fits, for what a person named.
jdk_named() {
    if [ -f "$1" ]; then
        jdk_fits "$(jdk_of_command "$1")"
    else
        jdk_fits "${1%/}"
    fi
}

jdk_not_found() {
    cat >&2 <<END
Innkeeper needs a JDK $JDK_NEEDED, and found none: not in JAVA_HOME, not on the PATH, not in the usual folders.
Install one, for example
  Debian 13, Ubuntu 25.10 and later:  apt-get install openjdk-$JDK_NEEDED-jdk-headless
  anywhere:                           unpack Temurin $JDK_NEEDED (adoptium.net) into ~/.jdks/ or /opt/
or say where it is: INNKEEPER_JAVA=/path/to/jdk-$JDK_NEEDED
END
}

find_jdk() {
    if [ -n "${INNKEEPER_JAVA:-}" ]; then
        jdk_named "$INNKEEPER_JAVA" && return 0
        echo "INNKEEPER_JAVA=$INNKEEPER_JAVA is not a JDK $JDK_NEEDED (version: ${JDK_VERSION:-unknown})." >&2
        return 1
    fi
    if [ -n "${JAVA_HOME:-}" ]; then
        jdk_fits "${JAVA_HOME%/}" && return 0
    fi
    if jdk_java=$(command -v java); then
        jdk_fits "$(jdk_of_command "$jdk_java")" && return 0
    fi
    jdk_home=${HOME:-/nonexistent}
    # INNKEEPER_JDK_ROOT is for the tests: a folder that stands for the root of the file system.
    jdk_root=${INNKEEPER_JDK_ROOT:-}
    for jdk_folder in \
        "$jdk_root"/usr/lib/jvm/* "$jdk_root"/usr/lib64/jvm/* "$jdk_root"/usr/java/* "$jdk_root"/usr/local/*jdk* \
        "$jdk_root"/opt/* "$jdk_root"/opt/java/* "$jdk_root"/opt/jdk/* \
        "$jdk_home"/.jdks/* "$jdk_home"/.sdkman/candidates/java/* "$jdk_home"/.local/share/mise/installs/java/* \
        "$jdk_home"/.asdf/installs/java/* "$jdk_home"/.jbang/cache/jdks/* \
        "$jdk_root"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$jdk_root"/opt/homebrew/opt/openjdk@"$JDK_NEEDED"/libexec/openjdk.jdk/Contents/Home; do
        jdk_fits "$jdk_folder" && return 0
    done
    JDK=
    JDK_VERSION=
    jdk_not_found
    return 1
}
