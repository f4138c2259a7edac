/** A waiver of a rule's finding, as YAML (schemas/waiver.schema.json), with capitals for what only its author knows. */
export function waiverTemplate(rule: string): string {
  return `countersign: waiver
id: waiver:NAME
rule: ${rule}
subject: SUBJECT # as the finding shows it
fingerprint: FINGERPRINT # as the finding shows it
reason: >-
  WHY the exception is right, for a reader a year from now.
owner: team:WHO-ANSWERS-FOR-IT
author: WHO-ASKS@hospital.example
approver: WHO-GRANTS-IT@hospital.example # never the author
granted: 'YYYY-MM-DD'
expires: 'YYYY-MM-DD'
`;
}
