import type { Actor } from '@collegium/shared/aggregate.ts'
import { reject } from './rejections.ts'

/** The person who acts for themselves; a token of a service is nobody. */
export const self = ({ person }: Actor): string => {
  if (person === null) throw reject('nobody-asked')
  return person
}
