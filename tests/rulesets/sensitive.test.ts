import { expect, it } from 'vitest';
import { isSensitive, sensitivityOfName } from '../../rulesets/functions/sensitiveNames.js';
import { sensitivityOf } from '../../rulesets/functions/sensitivity.js';

it.each(
  `taxId tax_id taxIds taxIdentifier TaxNumber supplierTaxID taxpayerId taxNumber1 tin vatNumber vatId VAT_REGISTRATION_NO ein ssn
  bankAccount BankAccounts bankDetails bankingData bank bankAccountNumber bankName iban IBAN remittance-iban ibanMasked
  accountNumber maskedAccountNumber routingNumber abaNumber accountHolderName dateOfBirth birthDate dob
  FEIN employerIdentificationNumber socialSecurityNo nationalInsuranceNumber CNPJ gstin TAX_REGISTRATION_NUMBER
  SWIFT swiftCode BIC swift_bic sortCode BSB_NUMBER clabe bankTransitNumber BankControlKey acctNo rtn
  cardNumber credit_card_no primaryAccountNumber CVV2 cvc cardSecurityCode
  firstName LAST_NAME givenName surname passportNumber driversLicenseNumber homeAddress
  MRN medicalRecordNumber patientId PATIENT-NAME diagnosisCode icd10Code ICD10 encounterId dischargeDate medicareNumber
  insuranceMemberId renderingProviderNPI prescriptionNumber
  email eMail e-mail contactEmail EmailAddress emailAddresses phone phoneNumber PhoneNumber1 mobileNumber telephone`.split(
    /\s+/,
  ),
)('%s is sensitive', name => {
  expect(isSensitive(name)).toBe(true);
});

it.each(
  `taxRate taxAmount taxCode tax vatRate vat taxIdType taxIdCountry taxIdVerifiedOn accountGroup glAccount glAccountNumber
  ledgerAccountNumber GLAccountNo mainAccountNumber account accountId chartOfAccounts costCenter bankHoliday bankAccountStatus
  bankConfirmationDate databank routing routingRule routingGuide emailVerified emailTemplate phoneExtensionAllowed invoiceNumber
  cardType cardholderStatus expirationMonth panel companyName legalName userName fileName productName addressLine1 city
  npi physicianGroupId providerId memberId subscriberId encounters visitCount diagnostics patience inpatientRate procedure
  vendorAccountNumber customerAccountNo swiftness bicycle routingTable sortOrder tinting einsatz birthplaceRequired
  orderNumber tinted protein session supplierNumber description properties identification`.split(/\s+/),
)('%s is not', name => {
  expect(isSensitive(name)).toBe(false);
});

it('a bare name is personal within a person, and health data within a patient', () => {
  expect(sensitivityOfName('name', ['Patient'])).toEqual({ kind: 'health', level: 'restricted' });
  expect(sensitivityOfName('name', ['Order', 'contactPerson'])).toEqual({ kind: 'person', level: 'confidential' });
  expect(sensitivityOfName('name', ['Item'])).toBeUndefined();
});

const text = { type: 'string' };

it('an account number without more is at a bank only where something around it says so', () => {
  expect(sensitivityOf('accountNumber', ['Carrier'], text)).toBeUndefined();
  expect(sensitivityOf('accountNumber', ['BankTransfer'], text)?.kind).toBe('bank');
  expect(sensitivityOf('accountNumber', ['Target'], text, ['accountNumber', 'routingNumber'])?.kind).toBe('bank');
  expect(sensitivityOf('accountNumber', ['Target'], { ...text, description: 'Account at the bank.' })?.kind).toBe(
    'bank',
  );
  expect(sensitivityOf('number', [], text, ['number', 'cvc'])?.kind).toBe('card');
});

it.each([
  [{ ...text, format: 'email' }, 'person'],
  [{ ...text, description: 'The customer\u2019s social security number.' }, 'tax'],
  [{ ...text, description: 'Routing number of the bank.' }, 'bank'],
  [{ ...text, examples: ['219-45-6781'] }, 'tax'],
] as const)('a field whose name says nothing is found by %j', (schema, kind) => {
  expect(sensitivityOf('value', [], schema)?.kind).toBe(kind);
});

it.each([
  { ...text, description: 'Last four digits of the social security number.' },
  { ...text, description: 'Whether the tax identification number was verified.' },
  { ...text, description: 'Date of birth verification status.' },
  { ...text, enum: ['ein', 'ssn'] },
  { type: 'boolean' },
])('%j does not hold the data', schema => {
  expect(sensitivityOf('value', [], schema)).toBeUndefined();
});
