# sql-migrate, of Debian.
client=sql-migrate
from=sql-migrate
table=gorp_migrations

migrate() {
  local dialect=sqlite3 source=$database
  [[ $engine = sqlite ]] || dialect=postgres source="dbname=$database sslmode=disable"
  printf 'moving:\n  dialect: %s\n  datasource: %s\n  dir: %s\n' "$dialect" "$source" "$engine" >dbconfig.yml
  sql-migrate "$@" -config=dbconfig.yml -env=moving
}

settle() { quietly migrate up -limit="$1"; }

position() { migrate status; }

# What stands behind `-- +migrate $1`, without the marks of statements.
way() {
  sed --quiet --regexp-extended "
    /^-- \+migrate (Up|Down)/ { h; /^-- \+migrate $1 notransaction/ s/.*/-- migrate: no-transaction/p; d }
    /^-- \+migrate Statement(Begin|End)/ d
    x; /^-- \+migrate $1/ { x; p; x }; x"
}

bring() {
  local file name
  for file in "$engine"/*.sql; do
    name=00$(basename "$file" .sql)_${engine}
    way Up <"$file" >"$1/${name}_upgrade.sql"
    way Down <"$file" >"$1/${name}_downgrade.sql"
  done
}
