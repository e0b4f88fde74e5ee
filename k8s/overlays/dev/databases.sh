#!/usr/bin/env bash
# Runs once, on an empty data directory: a database and an owner for each service.
set -euo pipefail
for name in inventory orders supplier notification; do
  password_variable="${name^^}_PASSWORD"
  psql --set ON_ERROR_STOP=1 --username postgres \
    --set name="$name" --set password="${!password_variable}" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
SQL
done
