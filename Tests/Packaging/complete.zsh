# Prints what the tab makes of $1, in a shell of its own that looks for completions in the folder $2 first.
zmodload zsh/zpty
typeset -g screen

# Waits for $1 on the screen, for half a minute at most.
await() {
  local piece
  repeat 300; do
    while zpty -r -t shell piece; do screen+=$piece; done
    [[ $screen == *${~1}* ]] && return
    sleep 0.1
  done
  return 1
}

TERM=dumb zpty shell zsh -f -i
zpty -w shell "PROMPT= RPROMPT= fpath=(${(q)2} \$fpath); unsetopt zle_bracketed_paste; stty cols 500"
zpty -w shell "autoload -Uz compinit; compinit -u -D; bindkey '^I' complete-word"
# What stands in the line, as a line of its own.
zpty -w shell "show() { print; print -r -- \"<<\$BUFFER>>\" }; zle -N show; bindkey '^X' show"
# Said by the line editor itself, so that nothing is typed before it reads keys.
zpty -w shell "zle-line-init() { print rea''dy }; zle -N zle-line-init"
await ready || { print -r -- "$screen" >&2; exit 1; }
screen=
zpty -n -w shell "$1"$'\t\C-x'
await '<<*>>' || { print -r -- "$screen" >&2; exit 1; }
screen=${screen##*<<}
print -r -- "${screen%%>>*}"
zpty -d shell
