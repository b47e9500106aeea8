"""Families of Italian words that the stemmer gets wrong, each with the stem that they have."""

from __future__ import annotations

# Some families are torn apart by the stemmer (edificio, edifici; anno, anni), others are mixed up
# by it (posto and posta; dato and data).
FAMILIES = {
    "ent": "ente enti",
    "deliber": "delibera delibere deliberazione deliberazioni",
    "determin": "determina determine determinazione determinazioni",
    "determinant": "determinante determinanti",
    "comun": "comune comuni",
    "comunic": "comunica comunico",
    "comunicazion": "comunicazione comunicazioni",
    "comunita": "comunita",
    "leggend": "leggenda leggende",
    "legg": "legge leggi",
    "appalt": "appalto appalti",
    "articol": "articolo articoli art artt",
    "regolament": "regolamento regolamenti reg",
    "band": "bando bandi",
    "banda": "banda bande",
    "banco": "banco banchi",
    "suo": "sue suo suoi",
    # Torn apart.
    "edific": "edificio edifici",
    "benefic": "beneficio benefici",
    "sacrific": "sacrificio sacrifici",
    "superfic": "superficie superfici",
    "stipend": "stipendio stipendi",
    "circolar": "circolare circolari",
    "pendolar": "pendolare pendolari",
    "consiglier": "consigliere consiglieri consigliera",
    "tesorier": "tesoriere tesorieri tesoriera",
    "anzian": "anziano anziani anziana anziane",
    "parer": "parere pareri",
    "uomin": "uomo uomini",
    "acqu": "acqua acque",
    "ann": "anno anni",
    "alb": "albo albi",
    "lettera": "lettera lettere",
    # Mixed up.
    "data": "data date",
    "posta": "posta poste",
    "casa": "casa case",
    "porta": "porta porte",
    "corsa": "corsa corse",
    "moda": "moda mode",
    "tasso": "tasso tassi",
    "foglia": "foglia foglie",
    "carica": "carica cariche",
    "bollo": "bollo bolli",
    "lotta": "lotta lotte",
    "pasta": "pasta paste",
    "colpa": "colpa colpe",
    "messo": "messo messi",
    "sedia": "sedia sedie",
    "sedut": "seduta sedute",
    "sed": "sede sedi",
    "bilanciat": "bilanciato bilanciata bilanciati bilanciate",
    "consigliabil": "consigliabile consigliabili",
    # Acronyms are words of their own.
    "art": "articol",
    "artt": "articol",
    "sua": "sua",
    "cuc": "cuc",
    "dup": "dup",
    "sit": "sit",
    "sape": "sape",
}
# Forms of verbs, and nouns made from them, that no ending explains; each line is one stem.
IRREGULAR = """
ader aderire aderisce aderiscono aderito aderita aderenti aderente adesione adesioni
recess recedere recede recedono receduto recesso recessi recedente
usc uscire esce escono esca uscita uscite uscito
scegl scegliere sceglie scelgono scelto scelta scelte scelti
chied chiedere chiede chiedono chiesto chiesta chieste chiesti
richied richiedere richiede richiedono richiesto richiesta richieste richiesti
svolg svolgere svolge svolgono svolto svolta svolte svolti svolgimento
redig redigere redige redigono redatto redatta redatte redatti redazione redazioni
escl escludere esclude escludono escluso esclusa escluse esclusi esclusione esclusioni
concl concludere conclude concludono concluso conclusa conclusione conclusioni
decid decidere decide decidono deciso decisa decise decisi decisione decisioni
ridurr ridurre riduce riducono ridotto ridotta ridotte ridotti riduzione riduzioni
ammett ammettere ammette ammettono ammesso ammessa ammesse ammessi ammissione ammissioni
trasmett trasmettere trasmette trasmettono trasmesso trasmessa trasmessi trasmissione trasmissioni
sospend sospendere sospende sospendono sospeso sospesa sospensione sospensioni
risolv risolvere risolve risolvono risolto risolta risolte risoluzione risoluzioni
iscriv iscrivere iscrive iscrivono iscritto iscritta iscritte iscritti iscrizione iscrizioni
sottoscriv sottoscrivere sottoscrive sottoscritto sottoscritta sottoscritti
sottoscriv sottoscrizione sottoscrizioni
prescriv prescrivere prescrive prescritto prescritta prescritti prescrizione prescrizioni
estend estendere estende esteso estesa estese estesi estensione estensioni
spend spendere spende spendono speso spesa spese spesi
respinger respingere respinge respingono respinto respinta respinte respinti
raccogl raccogliere raccoglie raccolgono raccolto raccolta raccolte raccolti
distrugg distruggere distrugge distrutto distruzione distruzioni
conced concedere concede concedono concesso concessa concessione concessioni
rispond rispondere risponde rispondono risposto risposta risposte
"""
# Nouns and adjectives whose ending the stemmer takes for that of a verb in one of their forms.
NOUNS = """
titolar titolare titolari
motiv motivo motivi
consiliar consiliare consiliari
preliminar preliminare preliminari
particolar particolare particolari
complementar complementare complementari
parlamentar parlamentare parlamentari
elementar elementare elementari
militar militare militari
popolar popolare popolari
familiar familiare familiari
immobiliar immobiliare immobiliari
mobiliar mobiliare mobiliari
similar similare similari
singolar singolare singolari
esemplar esemplare esemplari
cellular cellulare cellulari
linear lineare lineari
nuclear nucleare nucleari
solar solare solari
secolar secolare secolari
ausiliar ausiliare ausiliari ausiliario ausiliaria ausiliarie
domiciliar domiciliare domiciliari
curricolar curricolare curricolari curriculare curriculari
cautelar cautelare cautelari
tabellar tabellare tabellari
interdisciplinar interdisciplinare interdisciplinari multidisciplinare multidisciplinari
modular modulare modulari
insular insulare insulari
regol regolari
disciplin disciplinari
regolament regolamentari
aliment alimentari
agroalimentar agroalimentare agroalimentari
camer camera camere
tesser tessera tessere
sfer sfera sfere
gener genere generi
ingegner ingegnere ingegneri ingegnera
carcer carcere carceri
polver polvere polveri
liber libero libera liberi libere
inter intero intera interi intere
ester estero estera esteri estere
sincer sincero sincera sinceri sincere
chiar chiaro chiara chiari chiare
divers diverso diversa diversi diverse
avvers avverso avversa avversi avverse
trasvers trasverso trasversa trasversi trasverse
controvers controverso controversa controversi controverse
dispers disperso dispersa dispersi disperse
emers emerso emersa emersi emerse
immers immerso immersa immersi immerse
scars scarso scarsa scarsi scarse
univers universo universi
capovers capoverso capoversi
telefon telefono telefoni
condon condono condoni
abbandon abbandono abbandoni abbandonare abbandonato abbandonata abbandonati abbandonate
perdon perdono perdoni
patron patrono patroni patrona
sincron sincrono sincrona sincroni sincrone
asincron asincrono asincrona asincroni asincrone
artific artificio artifici
opific opificio opifici
orific orificio orifici
operai operaio operai operaia operaie
notai notaio notai notaia
serbatoi serbatoio serbatoi
corridoi corridoio corridoi
vivai vivaio vivai
modern moderno moderna moderni moderne
matern materno materna materni materne
patern paterno paterna paterni paterne
intern interno interna interni interne
estern esterno esterna esterni esterne
cistern cisterna cisterne
biomass biomassa biomasse
imprevist imprevisto imprevista imprevisti impreviste
incend incendio incendi
antincend antincendio antincendi
dispend dispendio dispendi
contropart controparte controparti
anticamer anticamera anticamere
odiern odierno odierna odierni odierne
subaltern subalterno subalterna subalterni subalterne
altrettant altrettanto altrettanta altrettanti altrettante
ora ora ore
membran membrana membrane
fontan fontana fontane
campan campana campane
dogan dogana dogane
collan collana collane
settiman settimana settimane
banan banana banane
oro oro
"""
OVERRIDES = {word: stem for stem, family in FAMILIES.items() for word in family.split()}
OVERRIDES |= {
    word: line.split()[0] for line in (IRREGULAR + NOUNS).split("\n") for word in line.split()[1:]
}
