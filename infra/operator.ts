import type pg from 'pg'
import { openAccount } from '../services/gateway/src/accounts.ts'
import { hashPassword } from '../services/gateway/src/password.ts'

/** The account that sets an installation up and holds everything everywhere. False when it was open already: its password then stays. */
export const openOperator = async (gatewayPool: pg.Pool, password: string): Promise<boolean> =>
  openAccount(gatewayPool, { account: 'operator', person: 'operator', home: null, operator: true, passwordHash: await hashPassword(password) })
