# Sourced by ./run and ./test: how far a build is, of what ninja says.
# shellcheck shell=bash

# Reads a build's output and shows its [n/m]: on a terminal in one line that goes again, else every 30 s.
# Before the first file is compiled it says the sentence that it is given: what is looked at each time is no reason to.
show_progress() {
    local line step shown=$SECONDS sentence=${1-}
    while IFS= read -r line; do
        [[ $line =~ ^\[[0-9]+/[0-9]+\] ]] || continue
        if [[ $sentence && $line == *"] Building "* ]]; then
            echo "$sentence"
            sentence=
        fi
        step=${BASH_REMATCH[0]}
        if [ -t 1 ]; then
            printf '\r%s ' "$step"
        elif ((SECONDS - shown >= 30)); then
            shown=$SECONDS
            printf '%s\n' "$step"
        fi
    done
    if [ -t 1 ]; then printf '\r\033[K'; fi
}
