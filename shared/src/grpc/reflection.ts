import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { BinaryReader } from '@bufbuild/protobuf/wire'
import { ReflectionService } from '@grpc/reflection'

/** Server reflection over the committed descriptors, so that grpcurl and the like need no proto files. Lists only the services named. */
export const reflectionOf = (services: string[]): ReflectionService => {
  const descriptors = readFileSync(createRequire(import.meta.url).resolve('@collegium/proto/collegium.binpb'))
  return new ReflectionService({ collegium: { fileDescriptorProtos: filesOf(descriptors) } } as never, { services })
}

/** A FileDescriptorSet is nothing but files under field 1. */
const filesOf = (set: Buffer): Buffer[] => {
  const reader = new BinaryReader(set)
  const files: Buffer[] = []
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag()
    if (field === 1) files.push(Buffer.from(reader.bytes()))
    else reader.skip(wire)
  }
  return files
}
