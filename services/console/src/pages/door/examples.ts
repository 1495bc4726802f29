import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/door.html': {
    as: 'speech-debate-head',
    // One that goes on for weeks: its door is open.
    to: async (read) => `/door.html?activity=${(await firstOf(read, '/activities?unit=pps-ppa-speech-debate&status=registering&limit=1')).id}`,
  },
}
