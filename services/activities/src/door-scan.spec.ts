import { generateKeyPairSync, sign } from 'node:crypto'
import { anOfficer, given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { attendance } from './attendance.ts'
import { doorKey } from './door-key.ts'
import { isSignedBy, publicKeyOf, signedText } from './door-scan.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { x, y } = publicKey.export({ format: 'jwk' })
const key = Buffer.concat([Buffer.from([4]), Buffer.from(x as string, 'base64url'), Buffer.from(y as string, 'base64url')]).toString('base64url')

const scan = { activity: 'festival', person: 'p-1', at: '2026-10-01T12:40:00.000Z', scan: 's-1' }
const signature = sign('sha256', Buffer.from(signedText(scan)), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
const input = { ...scan, key: 'k-1', signature }
const facts = {
  key: { holder: 'p-staff', key, registered: '2026-10-01T12:00:00.000Z' },
  activity: { status: 'registering', registration: { capacity: 2 }, proposal: { startsAt: '2026-10-01T12:30:00.000Z', walkIns: false } },
  registered: true,
}
const as = (person: string, more: object = {}) => ({
  actor: { ...anOfficer, person },
  now: scan.at,
  facts: { ...facts, ...more },
  policies: { 'check-in.opens-before.minutes': 60 },
})
const record = (given_: object, options = as('p-staff'), past: readonly any[] = []) =>
  given(attendance, past).when('recordOfflineScan', given_ as typeof input, options)

describe('[AC-02] a scan that was signed without a network', () => {
  it('counts with its own grade, the proof beside it; a second scan of the same person says nothing', () => {
    const counted = record(input)
    expect(counted).toEqual([
      {
        type: 'activities.checked-in.v2',
        data: { activity: 'festival', person: 'p-1', grade: 'staff-scan-offline', proof: { key: 'k-1', scan: 's-1', at: scan.at, signature } },
      },
    ])
    expect(record(input, as('p-staff'), counted)).toEqual([])
    expect(given(attendance, counted).when('scanAttendance', { activity: 'festival', person: 'p-1' }, as('p-other'))).toEqual([])
  })

  it.each([
    ['another person', { person: 'p-2' }],
    ['another moment', { at: '2026-10-01T12:39:59.000Z' }],
    ['another activity', { activity: 'concert' }],
    ['another number', { scan: 's-2' }],
    ['no signature at all', { signature: 'AAAA' }],
  ])('is refused when it was altered: %s', (_what, more) => {
    expect(() => record({ ...input, ...more })).toThrow(expect.objectContaining({ code: 'scan-forged' }))
  })

  it('is refused by an unknown key, one of somebody else, one that came later, and of oneself', () => {
    expect(() => record(input, as('p-staff', { key: null }))).toThrow(expect.objectContaining({ code: 'door-key-unknown' }))
    expect(() => record(input, as('p-thief'))).toThrow(expect.objectContaining({ code: 'door-key-of-another' }))
    const late = { key: { ...facts.key, registered: '2026-10-01T12:41:00.000Z' } }
    expect(() => record(input, as('p-staff', late))).toThrow(expect.objectContaining({ code: 'scan-before-key' }))
    expect(() => record(input, as('p-1', { key: { ...facts.key, holder: 'p-1' } }))).toThrow(expect.objectContaining({ code: 'own-attendance' }))
    expect(() => record(input, as('p-staff', { registered: false }))).toThrow(expect.objectContaining({ code: 'not-registered' }))
  })

  it('is told apart from every other by the text that is signed', () => {
    expect(isSignedBy(key, scan, signature)).toBe(true)
    expect(signedText({ ...scan, person: 'p-1\n2026' })).not.toBe(signedText({ ...scan, at: '2026' }))
  })
})

describe('[AC-02] a device at the door', () => {
  const input = { activity: 'festival', key }
  const as = (person: string) => ({ actor: { ...anOfficer, person } })

  it('is registered once, for one person', () => {
    const registered = given(doorKey).when('registerDoorKey', input, as('p-staff'))
    expect(registered).toEqual([{ type: 'activities.door-key-registered.v1', data: { activity: 'festival', holder: 'p-staff', key } }])
    expect(given(doorKey, registered).when('registerDoorKey', input, as('p-staff'))).toEqual([])
    expect(() => given(doorKey, registered).when('registerDoorKey', input, as('p-thief'))).toThrow(expect.objectContaining({ code: 'door-key-of-another' }))
  })

  it('brings a point on the curve, nothing else', () => {
    const off = Buffer.from(key, 'base64url')
    off[64] = (off[64] as number) ^ 1
    for (const wrong of ['', 'AAAA', `${key}=`, off.toString('base64url')]) expect(publicKeyOf(wrong), wrong).toBeNull()
    expect(() => given(doorKey).when('registerDoorKey', { activity: 'festival', key: 'AAAA' }, as('p-staff'))).toThrow(
      expect.objectContaining({ code: 'door-key-malformed' }),
    )
  })
})
