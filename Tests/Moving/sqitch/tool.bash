# Sqitch, of Debian.
client=sqitch
from=
table=
changes=('' create_person count-visits greet_third)

sqitch_here() {
  local word=sqlite
  [[ $engine = sqlite ]] || word=pg
  printf '[core]\n\tengine = %s\n[user]\n\tname = Ada\n\temail = ada@example.com\n' "$word" >sqitch.conf
  sqitch "$@" "db:$word:$database"
}

settle() { quietly sqitch_here deploy --verify --to-change "${changes[$1]}"; }

position() { sqitch_here status 2>&1; }

number() {
  local change
  change=$(position | sed --quiet 's/^# Name: *//p')
  basename migrate_repo/versions/*"_${change}_default_upgrade.sql" | sed 's/^0*//; s/_.*//'
}

# The changes of the plan, in its order, without BEGIN and COMMIT.
bring() {
  local change number=0
  for change in $(sed --quiet --regexp-extended 's/^([^%@ #]+) .*/\1/p' sqitch.plan); do
    number=$((number + 1))
    sed '/^BEGIN;$/d; /^COMMIT;$/d' "deploy/$change.sql" >"$1/00${number}_${change}_default_upgrade.sql"
    sed '/^BEGIN;$/d; /^COMMIT;$/d' "revert/$change.sql" >"$1/00${number}_${change}_default_downgrade.sql"
  done
}
