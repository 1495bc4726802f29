import { activities } from '../services/activities/src/app.ts'
import { assessment } from '../services/assessment/src/app.ts'
import { audit } from '../services/audit/src/app.ts'
import { dashboards } from '../services/dashboards/src/app.ts'
import { documents } from '../services/documents/src/app.ts'
import { feedback } from '../services/feedback/src/app.ts'
import { membership } from '../services/membership/src/app.ts'
import { notifications } from '../services/notifications/src/app.ts'
import { volunteers } from '../services/volunteers/src/app.ts'
import type { Service } from '../shared/src/service.ts'

/** Every service behind the gateway, membership first: the others ask it who holds what. */
export const services: readonly Service[] = [membership, documents, activities, assessment, feedback, volunteers, dashboards, audit, notifications]
