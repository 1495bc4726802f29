import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, createWriteStream, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BundledFile } from '../../shared/src/bundle/manifest.ts'
import { fileDigest } from '../../shared/src/bundle/open-bundle.ts'

/** Writes the files of a bundle below a folder, and keeps of each its size and digest. */
export const bundleWriter = (folder: string) => {
  const files: BundledFile[] = []

  /** A file of lines; it comes into being with the first. */
  const lines = (path: string) => {
    const hash = createHash('sha256')
    let bytes = 0
    let stream: ReturnType<typeof createWriteStream> | null = null
    return {
      add: async (text: string): Promise<void> => {
        if (stream === null) {
          mkdirSync(dirname(join(folder, path)), { recursive: true })
          stream = createWriteStream(join(folder, path), { flags: 'wx', flush: true })
        }
        const line = `${text}\n`
        hash.update(line)
        bytes += Buffer.byteLength(line)
        if (!stream.write(line)) await once(stream, 'drain')
      },
      end: async (): Promise<void> => {
        if (stream === null) return
        stream.end()
        await once(stream, 'close')
        files.push({ path, bytes, sha256: hash.digest('base64') })
      },
    }
  }

  return {
    files: (): readonly BundledFile[] => files.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
    lines,
    copy: async (from: string, path: string): Promise<void> => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      copyFileSync(from, join(folder, path))
      files.push({ path, bytes: statSync(join(folder, path)).size, sha256: await fileDigest(join(folder, path)) })
    },
    text: async (path: string, text: string): Promise<void> => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text, { flag: 'wx' })
      files.push({ path, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('base64') })
    },
    /** Writes the manifest and its signature, which are not among its files. */
    last: async (path: string, text: string): Promise<void> => {
      const file = await open(join(folder, path), 'wx')
      await file.writeFile(text)
      await file.sync()
      await file.close()
    },
  }
}

export type BundleWriter = ReturnType<typeof bundleWriter>
