import { plant, thisService } from './plant.ts'

// Activities tells Kafka what it is about to commit.
if (thisService === 'activities')
  plant('shared/src/store/append.ts', [
    ['const mostInFlight = 2', 'const mostInFlight = 1'],
    [
      'placed = placedOf(await connection.query(batchStatement(batch)))',
      `placed = await (await import(${JSON.stringify(new URL('./early.ts', import.meta.url).href)})).publishedFirst(connection, batch)`,
    ],
  ])
