import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../shared/src/migrate.ts'
import { databaseUrl, servicePool } from '../shared/src/run.ts'
import { migrateService } from '../shared/src/start-service.ts'
import { databaseOf } from './processes.ts'

/** A database of a service's that is not `<service>` is `<service>_<further>`. */
const serviceOf = (database: string): string => database.split('_')[0] as string

const folder = (path: string): URL => new URL(`../services/${path}/`, import.meta.url)
const migrations: Readonly<Record<string, (pool: pg.Pool) => Promise<void>>> = {
  gateway: (pool) => migrate(pool, folder('gateway/migrations'), 'gateway'),
  audit_log: (pool) => migrate(pool, folder('audit/log-migrations'), 'log'),
}

/**
 * Brings databases that exist up to date as their owner, and gives each service a role of its own: it reads and writes its tables, adds facts
 * and never changes or removes one, makes its views, and enters no other service's database. Returns the server's address for each service, under
 * its role. Where `address` may not make roles, that is said and the address itself is returned.
 */
export const prepareRoles = async (
  address: string,
  names: readonly string[],
  {
    prefix,
    passwordOf = () => randomBytes(24).toString('base64url'),
    say = () => {},
  }: {
    readonly prefix?: string | undefined
    readonly passwordOf?: (service: string) => string
    readonly say?: (line: string) => void
  } = {},
): Promise<Map<string, string>> => {
  const admin = new pg.Client({ connectionString: address })
  await admin.connect()
  try {
    const services = [...new Set(names.map(serviceOf))]
    const { rows } = await admin.query<{ may: boolean }>('select rolsuper or rolcreaterole as may from pg_roles where rolname = current_user')
    const mayMakeRoles = rows[0]?.may === true
    if (!mayMakeRoles) say('The role that reaches Postgres may make no others: services connect as it, and history is kept by an alarm alone')
    const addresses = new Map<string, string>()
    for (const service of services) addresses.set(service, mayMakeRoles ? await roleOf(admin, address, service, prefix, passwordOf(service)) : address)
    await Promise.all(
      names.map(async (name) => {
        const pool = servicePool(address, name, 2, prefix)
        try {
          await (migrations[name] ?? ((own: pg.Pool) => migrateService(own, name)))(pool)
          if (mayMakeRoles) await grant(pool, databaseOf(name, prefix), databaseOf(serviceOf(name), prefix))
        } finally {
          await pool.end()
        }
      }),
    )
    return addresses
  } finally {
    await admin.end()
  }
}

const roleOf = async (admin: pg.Client, address: string, service: string, prefix: string | undefined, password: string): Promise<string> => {
  const role = databaseOf(service, prefix)
  const known = await admin.query('select from pg_roles where rolname = $1', [role])
  const words = `${pg.escapeIdentifier(role)} login nosuperuser nocreatedb nocreaterole password ${pg.escapeLiteral(password)}`
  await admin.query(`${known.rowCount === 0 ? 'create' : 'alter'} role ${words}`)
  const url = new URL(databaseUrl(address, service, prefix))
  url.username = role
  url.password = password
  return url.toString()
}

const grant = async (pool: pg.Pool, database: string, role: string): Promise<void> => {
  const [db, to] = [pg.escapeIdentifier(database), pg.escapeIdentifier(role)]
  await pool.query(`
    revoke connect, temporary on database ${db} from public;
    grant connect, create, temporary on database ${db} to ${to};
    grant usage on schema public to ${to};
    grant select, insert, update, delete on all tables in schema public to ${to};
    grant usage, select on all sequences in schema public to ${to};
    grant execute on all functions in schema public to ${to};
    revoke insert, update, delete on migrations from ${to};
    do $$
    declare found record;
    begin
      if to_regclass('public.events') is not null then
        revoke update, delete, truncate, references, trigger on events from ${to};
        revoke insert, update, delete on history_alarms from ${to};
      end if;
      -- Views that were built when their service connected as the owner.
      for found in select nspname as schema from pg_namespace where nspowner = current_user::regrole and nspname <> 'public' and nspname !~ '^(pg_|information_schema)' loop
        execute format('alter schema %I owner to ${to}', found.schema);
      end loop;
      for found in select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where c.relkind in ('r', 'p') and c.relowner = current_user::regrole and n.nspowner = ${pg.escapeLiteral(role)}::regrole loop
        execute format('alter table %I.%I owner to ${to}', found.schema, found.name);
      end loop;
    end $$`)
}

/** Takes the roles of an installation away, after its databases. */
export const dropRoles = async (address: string, names: readonly string[], prefix?: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: address })
  await admin.connect()
  for (const service of new Set(names.map(serviceOf))) await admin.query(`drop role if exists ${pg.escapeIdentifier(databaseOf(service, prefix))}`)
  await admin.end()
}
