/**
 * What the environment says where a machine does much beside what is looked at, and is slow at times: nothing is turned away for that. What is
 * turned away has specs of its own.
 */
export const patient = {
  COLLEGIUM_SHED_BULK_MS: '60000',
  COLLEGIUM_SHED_BULK_LOAD: '2',
  COLLEGIUM_SHED_READS_MS: '60000',
  COLLEGIUM_SHED_COMMANDS_MS: '60000',
} as const
