import { inTransaction } from '@collegium/shared/consume/transaction.ts'
import type { Pool } from 'pg'
import { reject } from './rejections.ts'

/** Who may sign in, as the table holds it. `home` is the campus of the person; `operator` holds everything everywhere. */
export type Account = {
  readonly account: string
  readonly person: string
  readonly home: string | null
  readonly operator: boolean
  readonly passwordHash: string | null
  readonly disabledAt: Date | null
}
export type NewAccount = Pick<Account, 'account' | 'person' | 'home'> & { readonly operator?: boolean; readonly passwordHash?: string | null }

export const columns = `account, person, home, operator, password_hash as "passwordHash", disabled_at as "disabledAt"`

/**
 * Opens accounts in one statement; one that is open for the same person and home is left as it is. Returns how many are new. Throws 409
 * and opens none when a name belongs to somebody else (`account-taken`) or a person has another account (`person-has-account`).
 */
export const openAccounts = (pool: Pool, accounts: readonly NewAccount[]): Promise<number> =>
  inTransaction(pool, async (client) => {
    const opened = await client.query(
      `insert into accounts (account, person, home, operator, password_hash)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::bool[], $5::text[]) on conflict do nothing`,
      [
        accounts.map((each) => each.account),
        accounts.map((each) => each.person),
        accounts.map((each) => each.home),
        accounts.map((each) => each.operator ?? false),
        accounts.map((each) => each.passwordHash ?? null),
      ],
    )
    const taken = await client.query<{ account: string; other: string | null }>(
      `select n.account, a.account as other from unnest($1::text[], $2::text[], $3::text[]) as n(account, person, home)
       left join accounts a on a.account = n.account where a.person is distinct from n.person or a.home is distinct from n.home`,
      [accounts.map((each) => each.account), accounts.map((each) => each.person), accounts.map((each) => each.home)],
    )
    const first = taken.rows[0]
    if (first) throw first.other === null ? reject('person-has-account') : reject('account-taken', { account: first.account })
    return opened.rowCount ?? 0
  })

/** Opens one account; true when it is new. */
export const openAccount = async (pool: Pool, account: NewAccount): Promise<boolean> => (await openAccounts(pool, [account])) === 1

export const findAccount = async (pool: Pool, account: string): Promise<Account | undefined> =>
  (await pool.query<Account>(`select ${columns} from accounts where account = $1`, [account])).rows[0]

/** Ends all that an account may do here: its sessions go, its tokens no longer count. */
export const disableAccount = async (pool: Pool, account: string): Promise<void> => {
  await pool.query(
    'with ended as (delete from sessions where account = $1) update accounts set disabled_at = coalesce(disabled_at, now()) where account = $1',
    [account],
  )
}

/** Opens a closed account again; false where it was open. What was ended stays so: its tokens are revoked. */
export const reopenAccount = async (pool: Pool, account: string): Promise<boolean> => {
  const done = await pool.query(
    `with opened as (update accounts set disabled_at = null where account = $1 and disabled_at is not null returning account)
     , ended as (update tokens set revoked_at = coalesce(revoked_at, now()) where account in (select account from opened))
     select from opened`,
    [account],
  )
  return done.rowCount === 1
}

/** Sets a new password for somebody else and ends every session of the account. */
export const resetPassword = async (pool: Pool, account: string, passwordHash: string): Promise<void> => {
  await pool.query('with ended as (delete from sessions where account = $1) update accounts set password_hash = $2 where account = $1', [account, passwordHash])
}

/** Sets a new password and ends the account's sessions except the one that asked. */
export const changePassword = async (pool: Pool, account: string, passwordHash: string, except: Buffer): Promise<void> => {
  await pool.query('with ended as (delete from sessions where account = $1 and hash <> $3) update accounts set password_hash = $2 where account = $1', [
    account,
    passwordHash,
    except,
  ])
}

/** A page of accounts by name, of the given homes or (null) of all. */
export const listAccounts = async (pool: Pool, homes: readonly string[] | null, after: string, limit: number): Promise<Account[]> =>
  (
    await pool.query<Account>(`select ${columns} from accounts where account > $1 and ($2::text[] is null or home = any($2)) order by account limit $3`, [
      after,
      homes,
      limit,
    ])
  ).rows
