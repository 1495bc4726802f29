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
})
