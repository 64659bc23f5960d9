import type { Installation } from './installation';

/** One change of who holds a run. */
export interface Change {
  /** milliseconds since 1970 */
  at: number;
  run: string;
  status: string;
  claim: number;
  token: string | null;
  trainer: string | null;
}

/** One write about a run, with what the run's row said in the same transaction. */
export interface Write {
  at: number;
  what: 'metric_chunk' | 'artifact' | 'checkpoint';
  run: string;
  status: string;
  claim: number;
  token: string | null;
  /** Of metric_chunk: the claim it was stored under, its key and steps. */
  detail: { claim?: number; key?: string; firstStep?: number; lastStep?: number } | null;
}

/**
 * Triggers that note every change of a run's holder and every write, with the database's own clock: what is checked in
 * the end does not rest on what Thaw itself says about its claims.
 */
const triggers = `
create schema if not exists witness;
create table if not exists witness.change (at timestamptz not null default clock_timestamp(), run uuid, status text, claim int, token text, trainer uuid);
create table if not exists witness.write (at timestamptz not null default clock_timestamp(), what text, run uuid, status text, claim int, token text, detail jsonb);

create or replace function witness.on_run() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or (old.status, old.claims, old.lease_token) is distinct from (new.status, new.claims, new.lease_token) then
    insert into witness.change (run, status, claim, token, trainer) values (new.id, new.status, new.claims, new.lease_token, new.trainer_id);
  end if;
  return null;
end $$;
create or replace trigger witness after insert or update on public.run for each row execute function witness.on_run();

create or replace function witness.on_write() returns trigger language plpgsql as $$
begin
  insert into witness.write (what, run, status, claim, token) select tg_table_name, id, status, claims, lease_token from public.run where id = new.run_id;
  return null;
end $$;
create or replace trigger witness after insert or update on public.artifact for each row execute function witness.on_write();
do $$ begin
  if to_regclass('public.checkpoint') is not null then
    create or replace trigger witness after insert or update on public.checkpoint for each row execute function witness.on_write();
  end if;
end $$;

create or replace function witness.on_chunk() returns trigger language plpgsql as $$
begin
  -- A chunk with extremes was made by compaction, of others that had arrived.
  if new.extremes is not null then return null; end if;
  insert into witness.write (what, run, status, claim, token, detail)
    select 'metric_chunk', r.id, r.status, r.claims, r.lease_token,
      jsonb_build_object('claim', new.claim, 'key', k.name, 'firstStep', new.first_step, 'lastStep', new.last_step)
    from public.metric_series s join public.run r on r.id = s.run_id join public.key k on k.id = s.key_id where s.id = new.series_id;
  return null;
end $$;
create or replace trigger witness after insert on public.metric_chunk for each row execute function witness.on_chunk();
`;

export async function callWitness(installation: Installation): Promise<void> {
  await installation.sql(triggers);
}

export async function changesSeen(installation: Installation): Promise<Change[]> {
  return installation.sql<Change>(`select (extract(epoch from at) * 1000)::float8 as at, run, status, claim, token, t.name as trainer
    from witness.change left join public.trainer t on t.id = trainer order by at`);
}

export async function writesSeen(installation: Installation): Promise<Write[]> {
  return installation.sql<Write>('select (extract(epoch from at) * 1000)::float8 as at, what, run, status, claim, token, detail from witness.write order by at');
}
