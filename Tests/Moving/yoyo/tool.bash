# yoyo-migrations, of PyPI.
client=yoyo
from=yoyo
table=_yoyo_migration
migrations=('' 0001.create-person 0002.count-visits 0003.find-names)

settle() {
  quietly yoyo apply --batch --no-config-file --database "$url" --revision "${migrations[$1]}" migrations
}

position() { yoyo list --batch --no-config-file --database "$url" migrations; }

bring() {
  local file number name
  for file in migrations/*.sql; do
    name=$(basename "$file" .sql)
    number=$(cut -d . -f 1 <<<"$name")
    name=${name#*.}
    case $name in
      *.rollback) cp "$file" "$1/$(printf %03d "$((10#$number))")_$(tr - _ <<<"${name%.rollback}")_default_downgrade.sql" ;;
      *) cp "$file" "$1/$(printf %03d "$((10#$number))")_$(tr - _ <<<"$name")_default_upgrade.sql" ;;
    esac
  done
}
