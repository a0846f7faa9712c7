# Alembic, of PyPI.
client=alembic
from=alembic
table=alembic_version
revisions=(base 1975ea83b712 ae1027a6acf0 27c6a30d7c24)
names=('' create_person count_visits find_names)

# In the folder that `alembic init` makes, with the database's URL in its file.
settle() {
  [[ -d tool ]] || quietly alembic init tool
  cp versions/*.py tool/versions/
  sed --in-place "s|^sqlalchemy.url = .*|sqlalchemy.url = ${url/postgresql:/postgresql+psycopg2:}|" alembic.ini
  quietly alembic upgrade "${revisions[$1]}"
}

position() { alembic current 2>/dev/null; }

# The SQL of a range of revisions, without BEGIN, COMMIT, and all that is about alembic_version.
sql() {
  alembic "$@" --sql 2>"$work/output" \
    | sed '/^BEGIN;$/d; /^COMMIT;$/d; /^CREATE TABLE alembic_version /,/;$/d; /^\(INSERT INTO\|UPDATE\|DELETE FROM\|DROP TABLE\) alembic_version/,/;$/d'
}

bring() {
  local number range script
  for number in 1 2 3; do
    range=${revisions[number - 1]}:${revisions[number]}
    script=$1/00${number}_${revisions[number]}_${names[number]}_$engine
    sql upgrade "$range" >"${script}_upgrade.sql"
    sql downgrade "${revisions[number]}:${revisions[number - 1]}" >"${script}_downgrade.sql"
  done
}
