import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { pathTo, units } from '../../api/organization.ts'
import { mayAnywhere, mayAt } from '../../api/permissions.ts'
import { listing, rowsOf } from '../../api/read.ts'
import { me } from '../../api/session.ts'

/** Who I am, and what I may do anywhere or at a unit; false until it is known. */
export const useRights = () => {
  const { data: known } = useQuery(me)
  const { data: tree = [] } = useQuery(units())
  return {
    person: known?.person?.id ?? null,
    anywhere: (permission: string): boolean => known !== undefined && mayAnywhere(known, permission),
    at: (permission: string, unit: string): boolean =>
      known !== undefined &&
      mayAt(
        known,
        permission,
        pathTo(tree, unit).map(({ id }) => id),
      ),
  }
}

const limit = 100

/** What every service says waits for me; each asked only where I hold a post that it may wait for. */
export const useSources = () => {
  const { anywhere } = useRights()
  const from = { limit }
  const sources = {
    documents: useInfiniteQuery({ ...listing('/documents', { query: { ...from, waiting: true } }), enabled: anywhere('documents:approve') }),
    drafts: useInfiniteQuery({ ...listing('/documents', { query: { ...from, author: 'me', status: 'draft' } }), enabled: anywhere('documents:draft') }),
    returned: useInfiniteQuery({ ...listing('/documents', { query: { ...from, author: 'me', status: 'returned' } }), enabled: anywhere('documents:draft') }),
    proposed: useInfiniteQuery({
      ...listing('/activities', { query: { ...from, status: 'proposed' } }),
      enabled: anywhere('activities:approve') || anywhere('activities:pre-review'),
    }),
    reviewed: useInfiniteQuery({ ...listing('/activities', { query: { ...from, status: 'pre-reviewed' } }), enabled: anywhere('activities:approve') }),
    toRecommend: useInfiniteQuery({ ...listing('/appointments', { query: { ...from, status: 'proposed' } }), enabled: anywhere('appointments:recommend') }),
    toCheck: useInfiniteQuery({ ...listing('/appointments', { query: { ...from, status: 'recommended' } }), enabled: anywhere('appointments:decide') }),
    inNotice: useInfiniteQuery({ ...listing('/appointments', { query: { ...from, status: 'notice' } }), enabled: anywhere('appointments:decide') }),
    schemes: useInfiniteQuery({
      ...listing('/schemes', { query: { ...from, status: 'draft' } }),
      enabled: anywhere('schemes:adopt'),
    }),
    given: useInfiniteQuery({ ...listing('/duties', { query: { ...from, assigner: 'me', state: 'overdue' } }), enabled: anywhere('duties:assign') }),
    erasures: useInfiniteQuery({ ...listing('/erasures', { query: { ...from, status: 'requested' } }), enabled: anywhere('erasures:approve') }),
    meetings: useInfiniteQuery(listing('/meetings', { query: { ...from, chair: 'me' } })),
    duties: useInfiniteQuery(listing('/duties', { query: { ...from, owner: 'me', state: 'unfulfilled' } })),
    escalated: useInfiniteQuery(listing('/duties', { query: { ...from, escalatedTo: 'me', state: 'unfulfilled' } })),
    served: useInfiniteQuery({ ...listing('/stints', { query: { ...from, status: 'out' } }), enabled: anywhere('volunteers:confirm') }),
    entered: useInfiniteQuery({ ...listing('/stints', { query: { ...from, status: 'entered' } }), enabled: anywhere('volunteers:countersign') }),
    assessments: useInfiniteQuery({ ...listing('/assessments', { query: { ...from, waiting: true } }), enabled: anywhere('assessments:score') }),
    surveys: useInfiniteQuery(listing('/surveys', { query: { ...from, mine: true } })),
  }
  const all = Object.values(sources)
  return {
    rows: {
      documents: rowsOf(sources.documents),
      drafts: [...rowsOf(sources.returned), ...rowsOf(sources.drafts)],
      proposed: rowsOf(sources.proposed),
      reviewed: rowsOf(sources.reviewed),
      appointments: [...rowsOf(sources.toRecommend), ...rowsOf(sources.toCheck)],
      objections: rowsOf(sources.inNotice).filter(({ openObjections }) => openObjections > 0),
      schemes: rowsOf(sources.schemes),
      given: rowsOf(sources.given),
      erasures: rowsOf(sources.erasures),
      meetings: rowsOf(sources.meetings),
      duties: rowsOf(sources.duties),
      escalated: rowsOf(sources.escalated),
      served: rowsOf(sources.served),
      entered: rowsOf(sources.entered),
      assessments: rowsOf(sources.assessments),
      surveys: rowsOf(sources.surveys),
    },
    isPending: all.some((each) => each.isPending && each.fetchStatus !== 'idle'),
    failed: all.find((each) => each.isError) ?? null,
    /** Of some there is more than has been read: the next page of each. */
    more: {
      hasNextPage: all.some((each) => each.hasNextPage),
      isFetchingNextPage: all.some((each) => each.isFetchingNextPage),
      fetchNextPage: () => {
        for (const each of all) if (each.hasNextPage) void each.fetchNextPage()
      },
    },
  }
}
