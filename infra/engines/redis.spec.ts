import { setTimeout as sleep } from 'node:timers/promises'
import { Redis as Client } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { engines } from './find.ts'
import { startRedis } from './redis.ts'

describe.skipIf(!(await engines('redis')))('redis', () => {
  it('starts empty on a port of its own, and is empty again after a restart', async () => {
    const redis = await startRedis({ environment: { ...process.env, COLLEGIUM_REDIS_URL: '' } })
    const client = new Client(redis.address)
    client.on('error', () => {})
    try {
      await client.set('a', '1')
      expect(await client.get('a')).toBe('1')
      await redis.kill()
      await redis.restart()
      expect(await client.get('a')).toBeNull()
    } finally {
      client.disconnect()
      await redis.stop()
    }
  })

  it('stands still until it is let go on, and forgets nothing meanwhile', async () => {
    const redis = await startRedis({ environment: { ...process.env, COLLEGIUM_REDIS_URL: '' } })
    const client = new Client(redis.address)
    try {
      await client.set('a', '1')
      const goOn = await redis.freeze()
      const answer = client.get('a')
      expect(await Promise.race([answer, sleep(500, 'nothing')])).toBe('nothing')
      await goOn()
      expect(await answer).toBe('1')
    } finally {
      client.disconnect()
      await redis.stop()
    }
    await expect(redis.freeze()).rejects.toThrow('does not run')
  })
})
