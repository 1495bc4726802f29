import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { uuidv7obj } from 'uuidv7'
import { freePorts } from '../../shared/src/free-port.ts'
import { EngineMissing } from './engine.ts'
import { findJava, kafkaJars } from './kafka-jars.ts'
import { askKafka, brokerSettings, type Kafka, type KafkaOptions } from './kafka-settings.ts'
import { type Program, startProgram, untilReady } from './program.ts'
import { mostStillMs, standStill } from './stand-still.ts'

const startTime = 60_000

const jvm = ['-Xms32m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-XX:-UsePerfData', '-Dfile.encoding=UTF-8']

const clusterId = (dir: string): string => {
  const file = join(dir, 'cluster-id')
  if (!existsSync(file)) writeFileSync(file, Buffer.from(uuidv7obj().bytes).toString('base64url'))
  return readFileSync(file, 'utf8')
}

/** Brokers as JVM processes on 127.0.0.1, each of them a controller too. In the folder: `broker-1` … with `data`, `server.properties` and `log`. */
export const localKafka = async (options: KafkaOptions): Promise<Kafka> => {
  const environment = options.environment ?? process.env
  const java = findJava(environment)
  if (java === null) throw new EngineMissing('kafka', 'no Java (17 or newer) is on the PATH or at JAVA_HOME')
  const classes = `${await kafkaJars(environment)}/*`
  const count = options.brokers ?? 1
  const temporary = options.dir === undefined
  const dir = options.dir === undefined ? mkdtempSync(join(tmpdir(), 'collegium-kafka-')) : resolve(options.dir)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const cluster = clusterId(dir)

  const ports = await freePorts(count * 3)
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    port: options.ports?.[index] ?? (ports[index] as number),
    controller: ports[count + index] as number,
    between: ports[2 * count + index] as number,
    dir: join(dir, `broker-${index + 1}`),
  }))
  const voters = nodes.map(({ id, controller }) => `${id}@127.0.0.1:${controller}`).join(',')
  const direct = nodes.map(({ port }) => `127.0.0.1:${port}`)
  const { through } = options
  const brokers = through === undefined ? direct : await Promise.all(direct.map((address, index) => through(`kafka-${index + 1}`, address)))

  const prepare = async (node: (typeof nodes)[number]) => {
    mkdirSync(node.dir, { recursive: true })
    // Brokers speak to each other by a way of their own: whoever stands before the clients does not stand there.
    const between = `BETWEEN://127.0.0.1:${node.between}`
    const settings = brokerSettings(
      {
        id: node.id,
        advertised: `PLAINTEXT://${brokers[node.id - 1]},${between}`,
        listeners: `PLAINTEXT://127.0.0.1:${node.port},${between},CONTROLLER://127.0.0.1:${node.controller}`,
        protocols: 'PLAINTEXT:PLAINTEXT,BETWEEN:PLAINTEXT,CONTROLLER:PLAINTEXT',
        between: 'BETWEEN',
      },
      voters,
      count,
    )
    const lines = Object.entries({ ...settings, 'log.dirs': join(node.dir, 'data') }).map(([name, value]) => `${name}=${value}\n`)
    const properties = join(node.dir, 'server.properties')
    writeFileSync(properties, lines.join(''))
    if (existsSync(join(node.dir, 'data/meta.properties'))) return
    await promisify(execFile)(java, [...jvm, '-cp', classes, 'kafka.tools.StorageTool', 'format', '-t', cluster, '-c', properties])
  }

  const launch = (node: (typeof nodes)[number]): Program =>
    startProgram(
      java,
      [
        ...jvm,
        `-Dlog4j2.configurationFile=${join(import.meta.dirname, 'kafka/log4j2.properties')}`,
        `-Dcollegium.kafka.log=${join(node.dir, 'log')}`,
        '-cp',
        classes,
        'kafka.Kafka',
        join(node.dir, 'server.properties'),
      ],
      { cwd: node.dir, log: join(node.dir, 'output'), orphanSignal: temporary ? 'SIGKILL' : 'SIGTERM' },
    )

  const programs: Program[] = []
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').slice(-2_000) : '')
  const ready = (index: number, atLeast: number) => {
    const node = nodes[index] as (typeof nodes)[number]
    const program = programs[index] as Program
    const tail = () => program.tail() + read(join(node.dir, 'log'))
    return untilReady(`Kafka broker ${node.id}`, { running: program.running, tail }, startTime, () => askKafka([brokers[index] as string], atLeast))
  }

  const stop = async () => {
    // Data that is thrown away needs no orderly end; otherwise all are asked at once, since the last of a cluster finds no one to hand over to.
    await Promise.all(programs.map((program) => (temporary ? program.stop('SIGKILL') : program.stop('SIGTERM', 8_000))))
    if (temporary) rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
  }

  try {
    await Promise.all(nodes.map(prepare))
    for (const node of nodes) programs.push(launch(node))
    await Promise.all(nodes.map((_, index) => ready(index, count)))
  } catch (cause) {
    await stop()
    throw cause
  }

  const running = () => programs.filter((program) => program.running()).length
  return {
    name: 'kafka',
    address: brokers.join(','),
    brokers,
    took: 'local',
    stop,
    kill: async (index) => {
      await programs[index]?.stop('SIGKILL')
    },
    freeze: (index) => standStill((programs[index] as Program).pid, mostStillMs),
    start: async (index) => {
      if (programs[index]?.running()) return
      programs[index] = launch(nodes[index] as (typeof nodes)[number])
      await ready(index, Math.min(count, running()))
    },
  }
}
