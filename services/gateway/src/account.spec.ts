import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAccounts } from './accounts.ts'
import { type Door, openDoor, password } from './testing/door.ts'

let door: Door
let registrar: Record<string, string>
beforeAll(async () => {
  door = await openDoor()
  registrar = await door.signIn('registrar')
})
afterAll(() => door.close())

const url = '/api/v1/accounts'
const open = (payload: object, headers = registrar) => door.app.inject({ method: 'POST', url, headers, payload })
const fresh = { account: 'fresh', person: 'p-new', home: 'north', password: 'a long enough one' }

describe('an account', () => {
  it('is opened by whoever may at the campus of the person, and can be used', async () => {
    const answer = await open(fresh)
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toEqual({ account: 'fresh', person: 'p-new', home: 'north', operator: false, hasPassword: true, disabledAt: null })
    expect(await door.signIn('fresh', fresh.password)).toHaveProperty('cookie')
  })

  it('is opened once, however often that is said, and keeps its password', async () => {
    expect((await open({ ...fresh, password: 'another long one' })).statusCode).toBe(200)
    expect(await door.signIn('fresh', fresh.password)).toHaveProperty('cookie')
    await expect(door.signIn('fresh', 'another long one')).rejects.toThrow('sign-in-failed')
  })

  it('belongs to one person, and a person has one', async () => {
    expect((await open({ ...fresh, person: 'p-dean' }, await door.signIn('operator'))).json()).toMatchObject({ status: 409, code: 'account-taken' })
    expect((await open({ ...fresh, account: 'second' })).json()).toMatchObject({ status: 409, code: 'person-has-account' })
  })

  it('[PL-13] is not opened for another campus, nor for nobody, nor under a false campus', async () => {
    expect((await open({ ...fresh, account: 's', person: 'p-south', home: 'south' })).json()).toMatchObject({
      status: 403,
      code: 'forbidden',
      params: { permission: 'accounts:open', unit: 'south', posts: 'registrar' },
    })
    expect((await open({ ...fresh, account: 's', person: 'p-south' })).json()).toMatchObject({ status: 422, code: 'person-elsewhere' })
    expect((await open({ ...fresh, account: 's', person: 'p-ghost' })).json()).toMatchObject({ status: 422, code: 'person-elsewhere' })
    expect((await open(fresh, {} as typeof registrar)).json()).toMatchObject({ status: 401, code: 'signed-out' })
    expect((await open(fresh, await door.signIn('chair'))).statusCode).toBe(403)
  })

  it('does not give a campus registrar somebody’s post at the federation', async () => {
    await door.pool.query(`delete from accounts where account = 'dean'`)
    expect((await open({ ...fresh, account: 'dean2', person: 'p-dean' })).json()).toMatchObject({ status: 403, params: { unit: 'fed' } })
    expect((await open({ ...fresh, account: 'dean2', person: 'p-dean' }, await door.signIn('operator'))).statusCode).toBe(201)
  })

  it('refuses faulty input by field', async () => {
    const answer = await open({ account: 'a b', home: 'north', password: 'short', admin: true })
    expect(
      answer
        .json()
        .errors.map((fault: { pointer: string }) => fault.pointer)
        .sort(),
    ).toEqual(['/account', '/admin', '/password', '/person'])
    expect(answer.body).not.toContain('short"')
  })

  it('is listed where one may read, by pages', async () => {
    await openAccounts(
      door.pool,
      Array.from({ length: 12 }, (_, index) => ({
        account: `student-${String(index).padStart(2, '0')}`,
        person: `p-s${index}`,
        home: index % 2 ? 'south' : 'north',
      })),
    )
    const names = async (headers: Record<string, string>) => {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: { items: { account: string }[]; nextCursor: string | null } = (
          await door.app.inject({ url: `${url}?limit=4${cursor && `&cursor=${cursor}`}`, headers })
        ).json()
        expect(page.items.length).toBeLessThanOrEqual(4)
        seen.push(...page.items.map((each) => each.account))
        cursor = page.nextCursor
      }
      return seen
    }
    const [mine, all] = [await names(registrar), await names(await door.signIn('operator'))]
    expect(mine.filter((name) => name.startsWith('student'))).toEqual([0, 2, 4, 6, 8, 10].map((index) => `student-${String(index).padStart(2, '0')}`))
    expect(all.filter((name) => name.startsWith('student'))).toHaveLength(12)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toContain('operator')
    expect(mine).not.toContain('operator')
    expect((await door.app.inject({ url, headers: await door.signIn('chair') })).json()).toMatchObject({ status: 403, params: { permission: 'accounts:read' } })
  })

  it('is closed with all its sessions; an operator’s only by an operator', async () => {
    const theirs = await door.signIn('fresh', fresh.password)
    const who = () => door.app.inject({ url: '/api/v1/session', headers: theirs })
    const close = (account: string) => door.app.inject({ method: 'DELETE', url: `${url}/${account}`, headers: registrar })
    expect((await who()).statusCode).toBe(200)
    expect((await close('operator')).statusCode).toBe(403)
    expect((await close('nobody')).json()).toMatchObject({ status: 404, code: 'unknown-id' })
    expect((await close('fresh')).statusCode).toBe(204)
    expect((await who()).statusCode).toBe(401)
    expect((await door.app.inject({ method: 'POST', url: '/api/v1/session', payload: { account: 'fresh', password } })).statusCode).toBe(401)
  })

  it('opens none of many when one is taken', async () => {
    const before = await door.pool.query('select count(*)::int as count from accounts')
    await expect(
      openAccounts(door.pool, [
        { account: 'bulk-1', person: 'p-b1', home: 'north' },
        { account: 'registrar', person: 'p-b2', home: 'north' },
      ]),
    ).rejects.toMatchObject({ code: 'account-taken' })
    expect((await door.pool.query('select count(*)::int as count from accounts')).rows).toEqual(before.rows)
  })
})
