import { ActivityName, PersonName } from '../../parts/names.tsx'
import type { Subject } from './told.ts'

/** Whom or what an assessment is about, by name where the reader may know it. */
export const SubjectName = ({ subject: { kind, id } }: { subject: Subject }) => (kind === 'person' ? <PersonName id={id} /> : <ActivityName id={id} />)
