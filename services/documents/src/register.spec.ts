import { given, theSystem } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { register } from './register.ts'

const facts = { issuer: { en: 'Student Union', zh: '学生会' } }
const asked = (document: string) => ({ unit: 'su', kind: 'notice' as const, year: 2026, document })
const first = { register: 'a-1', issuer: 'su', kind: 'notice' as const, year: 2026, number: 1, document: 'd-1', label: '学生会通〔2026〕1号' }
const assigned = { type: 'documents.number-assigned.v1' as const, data: first }
const voided = { type: 'documents.number-voided.v1' as const, data: { register: 'a-1', number: 1, document: 'd-1', ground: '重复发文' } }

describe('a register', () => {
  it('[DC-02] begins at one, with the issuer, the kind and the year in the label', () => {
    expect(given(register).when('assignNumber', asked('d-1'), { actor: theSystem, facts })).toEqual([assigned])
  })

  it('[DC-02] counts on by one', () => {
    const [next] = given(register, [assigned]).when('assignNumber', asked('d-2'), { actor: theSystem, facts })
    expect(next?.data).toMatchObject({ number: 2, document: 'd-2', label: '学生会通〔2026〕2号' })
  })

  it('[DC-02] gives a document one number, however often it is asked', () => {
    expect(given(register, [assigned]).when('assignNumber', asked('d-1'), { actor: theSystem, facts })).toEqual([])
  })

  it('[DC-02] keeps a void number on record and never gives it again', () => {
    expect(given(register, [assigned]).when('voidNumber', { number: 1, ground: '重复发文' })).toEqual([voided])
    const [next] = given(register, [assigned, voided]).when('assignNumber', asked('d-2'), { actor: theSystem, facts })
    expect(next?.data).toMatchObject({ number: 2 })
  })

  it('voids a number once, and only one that was given', () => {
    expect(given(register, [assigned, voided]).when('voidNumber', { number: 1, ground: '再次' })).toEqual([])
    expect(() => given(register, [assigned]).when('voidNumber', { number: 2, ground: '无' })).toThrow('last number is 1; 2 was never given')
    expect(() => given(register).when('voidNumber', { number: 1, ground: '无' })).toThrow('There is no register')
  })

  it('belongs to an issuer, a kind and a year', () => {
    expect(register.identify?.(asked('d-1'), theSystem)).toBe('su.notice.2026')
  })
})
