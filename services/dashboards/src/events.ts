import { erasureAppliedBy } from '@collegium/shared/erasure/facts.ts'

/** What was personal about somebody is gone from here. */
export const erasureApplied = erasureAppliedBy('dashboards')
