import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { findChromium } from './chromium.ts'
import { EngineMissing } from './engine.ts'
import { findEngines } from './find.ts'

const dir = mkdtempSync(join(tmpdir(), 'collegium-find-'))
afterAll(() => rmSync(dir, { recursive: true }))

it('an address in the environment comes first', async () => {
  const found = await findEngines({
    COLLEGIUM_POSTGRES_URL: 'postgres://a',
    COLLEGIUM_KAFKA_BROKERS: 'b:1',
    COLLEGIUM_REDIS_URL: 'redis://c',
    COLLEGIUM_CHROMIUM: '/d',
  })
  expect(found.map(({ took }) => took)).toEqual(['environment', 'environment', 'environment', 'environment'])
})

it('a missing engine is named with the reason', async () => {
  const found = await findEngines({ PATH: dir, DOCKER_HOST: `unix://${dir}/no.sock` })
  const chromium = found.find(({ name }) => name === 'chromium')
  expect(chromium?.took).toBeNull()
  expect(chromium?.detail).toContain('none of chromium')
})

it('a browser is taken from the PATH, or from where the environment says, if it can be executed', () => {
  const path = join(dir, 'chromium')
  writeFileSync(path, '#!/bin/sh\n')
  expect(() => findChromium({ COLLEGIUM_CHROMIUM: path })).toThrow(EngineMissing)
  chmodSync(path, 0o755)
  expect(findChromium({ COLLEGIUM_CHROMIUM: path })).toMatchObject({ address: path, took: 'environment' })
  expect(findChromium({ PATH: dir })).toMatchObject({ address: path, took: 'local' })
  rmSync(path)
})
