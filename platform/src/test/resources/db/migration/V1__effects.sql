-- What the tests' consumers write down.
create table effect (
  place bigint generated always as identity primary key,
  key text not null,
  key_version bigint not null,
  unique (key, key_version)
);
