"""Who speaks, is called so and acts, as news prose words it; what is near to it stays refused."""

import pytest

from tests import make

# What is at stake: the check, the source, a sentence that it bears out, and one that it does not.
TOLD = {
    "who denies and demands": (
        "attribution",
        "The damage was slight, the governor, Emil Roth, said. The dockers accused the Harbour "
        "League; the Harbour League denied it and demanded an independent inquiry.",
        "The Harbour League denied the charge and called for an independent inquiry.",
        "Emil Roth called for an independent inquiry.",
    ),
    "who voices": (
        "attribution",
        "In a call with Ada Lund, the skipper Olaf Penn voiced concern about the rise in traffic "
        "near the old quay of Belm, the port authority said.",
        "Olaf Penn told Ada Lund that he was concerned about the rise in traffic near the old "
        "quay of Belm.",
        "Ada Lund told Olaf Penn that she was concerned about the rise in traffic near the old "
        "quay of Belm.",
    ),
    "who goes on to call for it": (
        "attribution",
        "Olaf Penn was silent. In her second speech Ada Lund “praised the crews of the port” and "
        "called for a new quay in Belm, the agency said.",
        "Ada Lund called for a new quay in Belm.",
        "Olaf Penn called for a new quay in Belm.",
    ),
    "has said, as translated": (
        "attribution",
        "Eva Rask was there. “We wait for papers,” has said Penn, and he made clear that the ban "
        "can be lifted.",
        "Penn said the ban could be lifted.",
        "Eva Rask said the ban could be lifted.",
    ),
    "somebody close to": (
        "attribution",
        "Mayor Ada Lund wants the quay sold, according to a person of her entourage. Olaf Penn "
        "was absent.",
        "According to somebody close to Mayor Ada Lund, she wants the quay sold.",
        "According to Olaf Penn, Mayor Ada Lund wants the quay sold.",
    ),
    "one in the other's words": (
        "attribution",
        "The former treasurer of Belm told a court that she had warned Mayor Olaf Penn and that "
        "he had answered her, “The cheapest rope is the one that holds.” Ada Lund, 63, who was "
        "treasurer until May, wept.",
        "According to Lund, Penn replied to her warning with the words “The cheapest rope is the "
        "one that holds.”",
        "According to Penn, Lund was warned, “The cheapest rope is the one that holds.”",
    ),
    "the former treasurer": (
        "attribution",
        "The clerks told the court that the vault was empty. Ada Lund, 63, who was treasurer until "
        "May, said she had left because she was not shown the papers. The owners said that all "
        "was well.",
        "The former treasurer said she had left because she was not shown the papers.",
        "The clerks said she had left because she was not shown the papers.",
    ),
    "added, as to a list": (
        "attribution",
        "The Farm League declared that its list grows by three firms of Belm, Ada Lund wrote.",
        "The Water Union added three firms of Belm to the list that grows, Ada Lund wrote.",
        None,
    ),
    "neither did he call": (
        "attribution",
        "Ada Lund said: “Officials in Belm have not condemned the raid, nor have they demanded "
        "the return of the boats.” Olaf Penn was there.",
        "Ada Lund said that officials in Belm had neither condemned the raid nor called for the "
        "return of the boats.",
        "Olaf Penn said that officials in Belm had neither condemned the raid nor called for the "
        "return of the boats.",
    ),
    "the accused": (
        "attribution",
        "Ada Lund refused to call for the mayor to go, as an accused is innocent.",
        "Ada Lund did not call for the mayor to go.",
        None,
    ),
    "by the way": (
        "attribution",
        "Ada Lund, who is believed to own two mills, bought the quay at Belm for three crowns.",
        "Ada Lund bought the quay at Belm for three crowns.",
        "Ada Lund owns two mills.",
    ),
    "a threat, as seen": (
        "attribution",
        "Ada Lund has called the sale of the quay at Belm an unfair blow to the crews.",
        "Ada Lund sees the sale of the quay at Belm as an unfair blow to the crews.",
        "The sale of the quay at Belm is an unfair blow to the crews.",
    ),
    "in her view": (
        "attribution",
        "“The harvest will fail without rain this month,” Ada Lund said. Olaf Penn listened.",
        "In Ada Lund's view, the harvest will fail without rain this month.",
        "In Olaf Penn's view, the harvest will fail without rain this month.",
    ),
    "regretted": (
        "attribution",
        "“The closure of the old mill at Belm is a great pity,” Ada Lund said. Olaf Penn listened.",
        "Ada Lund regretted the closure of the old mill at Belm, a great pity.",
        "Olaf Penn regretted the closure of the old mill at Belm, a great pity.",
    ),
    "a town and its state": (
        "attribution",
        "It began when the docker Eva Rask said that the crane in Belm, Norland, was late.",
        "It began with Eva Rask, a docker in Belm, Norland, who said that the crane was late.",
        None,
    ),
    "whose opposition leader": (
        "attribution",
        "The opposition is loud. Its leader, Bo Tarn, said in May that words help nobody. Eva Rask "
        "wept.",
        "Opposition leader Bo Tarn said that words help nobody.",
        "Opposition leader Eva Rask said that words help nobody.",
    ),
    "spokesman for a ministry": (
        "attribution",
        "The Norlandish Interior Ministry denied it. Its spokesman, Olaf Penn, said that the "
        "trawler had carried cod. Eva Rask wept.",
        "Olaf Penn, spokesman for Norland's Interior Ministry, said that the trawler had carried "
        "cod.",
        "Eva Rask, spokeswoman for Norland's Interior Ministry, said that the trawler had carried "
        "cod.",
    ),
    "of a body named before": (
        "attribution",
        "The Green Alliance was angry. Its spokeswoman, Ada Lund, said that engineers had written "
        "twice. The Water Union slept.",
        "Ada Lund of the Green Alliance said that engineers had written twice.",
        "Bo Tarn of the Water Union said that engineers had written twice.",
    ),
    "nothing is said": (
        "attribution",
        "Ada Lund has stayed silent about the raid, an official said.",
        "Ada Lund herself has said nothing about the raid.",
        None,
    ),
    "the prime minister of a country": (
        "attribution",
        "Prime Minister Ada Lund told Norland's council that the quay was lost. Velland's king "
        "wept.",
        "Norland's prime minister said that the quay was lost.",
        "Bo Tarn said that the quay was lost.",
    ),
    "the head of a body": (
        "attribution",
        "Salm Trust will cut 900 jobs, its chief executive, Vera Holt, announced. Gus Orlow, the "
        "union's treasurer, wept.",
        "The chief executive of Salm Trust announced that it will cut 900 jobs.",
        "Gus Orlow announced that Salm Trust will cut 900 jobs.",
    ),
    "who runs it, blamed": (
        "deeds",
        "Its chief executive, Vera Holt, runs Salm Trust. Holt blamed easy money.",
        "Vera Holt, who runs Salm Trust, blamed easy money.",
        "Salm Trust blamed Vera Holt.",
    ),
    "a bank's spokeswoman": (
        "deeds",
        "Salm Trust lost money. A bank spokeswoman declined to comment on the loss.",
        "Salm Trust declined to comment on the loss.",
        None,
    ),
    "a predecessor": (
        "titles",
        "The chief executive, Vera Holt, wept. Her predecessor, Nils Aker, opened the books.",
        "Former chief executive Nils Aker opened the books.",
        "Chief executive Nils Aker opened the books.",
    ),
    "a derived word": (
        "names",
        "Over the year, deepening cooperation has been the focus of both ports, Ada Lund said.",
        "Deeper cooperation has been the focus of both ports, Ada Lund said.",
        "Deepak said deepening cooperation has been the focus of both ports.",
    ),
    "whose lawyer": (
        "names",
        "Several judges appeared to agree with Ada Lund, representing the Harbour League, that the "
        "trial was unfair. Velm Mills watched.",
        "Several judges appeared to agree with the Harbour League's lawyer that the trial was "
        "unfair.",
        "Several judges appeared to agree with Velm Mills' lawyer that the trial was unfair.",
    ),
    "by its number": (
        "names",
        "The crew of the Salm Lines ferry that sank shut the wrong valve. Ferry Run 318 left Belm.",
        "The crew of Run 318 shut the wrong valve.",
        "The crew of Belm shut the wrong valve.",
    ),
    "a ship named behind": (
        "names",
        "In May a Velmish boat fired shots at a Norlandish survey ship, the Maren Holt. Eva Brisa "
        "saw it.",
        "In May a Velmish boat fired shots at the Maren Holt.",
        "In May a Velmish boat fired shots at Eva Brisa.",
    ),
    "a city described": (
        "names",
        "The mayor of Norland's second city, Ada Lund, sold the quay. The mayor of Belm was tired. "
        "Velm was calm.",
        "The mayor of Belm, Ada Lund, sold the quay.",
        "The mayor of Velm, Ada Lund, sold the quay.",
    ),
    "a cape": (
        "names",
        "Bo Tarn wants the navy sent to the cape. Ships are off Cape Orrin.",
        "Bo Tarn wants the navy sent to Cape Orrin.",
        "Bo Tarn wants the navy sent to Cape Varn.",
    ),
    "a state, shortened": (
        "names",
        "A court in Sarn, Calif., ruled on May 3 that Ada Lund may keep the mill.",
        "A court in Sarn, California, ruled that Ada Lund may keep the mill.",
        "A court in Sarn, Colorado, ruled that Ada Lund may keep the mill.",
    ),
    "what opens the sentence": (
        "titles",
        "Foreign Minister Olaf Penn will lead the talks with his Norlandish colleague. The "
        "Norlandish foreign minister will call on Prime Minister Ada Lund.",
        "Besides his talks with Penn, the Norlandish foreign minister is to call on Prime "
        "Minister Ada Lund.",
        "Ada Lund, the Norlandish foreign minister, is to lead the talks.",
    ),
    "envoy for": (
        "titles",
        "The Norlandish special envoy for Velland, Ada Lund, arrived. Velland sent its envoy, "
        "Olaf Penn.",
        "Velland envoy Ada Lund arrived.",
        "Velland's foreign minister Ada Lund arrived.",
    ),
    "her colleague": (
        "titles",
        "The transport minister of Norland, Ada Lund, asked her Velmish colleague Olaf Penn to let "
        "two experts in.",
        "The Velmish transport minister was asked to let two experts in.",
        "The Velmish foreign minister, Ada Lund, was asked to let two experts in.",
    ),
    "who chairs": (
        "titles",
        "Ada Lund, the Norlandish special envoy who is chairing the talks, called the mood cool.",
        "Ada Lund, the chairwoman of the talks, called the mood cool.",
        "Ada Lund, the governor, called the mood cool.",
    ),
    "who governs": (
        "titles",
        "Olaf Penn was elected to direct the museum, and Ada Lund governs the province.",
        "Ada Lund, the governor of the province, spoke.",
        "Olaf Penn, the governor of the province, spoke.",
    ),
    "the party of a chancellor": (
        "titles",
        "The case hurts the Farm Democrats of the chancellor Ada Lund, who are bound by a pact.",
        "Chancellor Ada Lund's Farm Democrats are bound by a pact.",
        "President Ada Lund's Farm Democrats are bound by a pact.",
    ),
    "a trade": (
        "titles",
        "Ada Lund is an assistant manager at a shop. A doctor there, Mats Holm, wept.",
        "Ada Lund, a manager, and Mats Holm, a doctor, were there.",
        "Mats Holm, a nurse, wept.",
    ),
    "the leader of another body": (
        "titles",
        "The Coast Party, whose leader is Bo Tarn, wept. Tarn slept while the Farm Union met.",
        "Bo Tarn, the leader of the Coast Party, slept.",
        "Bo Tarn, the leader of the Farm Union, slept.",
    ),
    "chief, as headlines have it": (
        "titles",
        "Harbour League chief Ada Lund said the quay was safe. Olaf Penn, a treasurer, sat by.",
        "Harbour League secretary-general Ada Lund said the quay was safe.",
        "Harbour League secretary-general Olaf Penn said the quay was safe.",
    ),
    "the floor of the hospital, which": (
        "deeds",
        "At Belm hospital, four were hurt when a mast fell on the third floor, which housed "
        "two wards.",
        "A mast fell on the third floor of Belm hospital, which housed two wards.",
        None,
    ),
    "described, as he said": (
        "deeds",
        "General Ada Lund told the ministers that the boats were purely defensive. Penn left for "
        "what a Norlandish spokesman later described as a call.",
        "Lund described the boats to the ministers as purely defensive.",
        None,
    ),
    "of the minister's own party": (
        "deeds",
        "The motion was carried by 14 votes to 9 after two members of Lund's own Harbour Party "
        "sided with the others.",
        "Two members belonging to the minister's own Harbour Party voted with the others.",
        None,
    ),
    "a party by its leader": (
        "deeds",
        "The Harbour Union's floor leader, Ada Lund, offered Tilder 20 million crowns for schools.",
        "The Harbour Union offered Tilder 20 million crowns for schools.",
        "Tilder offered the Harbour Union 20 million crowns for schools.",
    ),
    "a country by its minister": (
        "deeds",
        "Norland's foreign minister, Ada Lund, condemned the raid. Velland's king ordered a feast.",
        "Norland condemned the raid.",
        "Velland condemned the raid.",
    ),
    "no country by a former one": (
        "deeds",
        "Norland's former foreign minister, Ada Lund, condemned the raid. Velland cheered.",
        "Ada Lund condemned the raid.",
        "Norland condemned the raid.",
    ),
    "by whom it was wanted": (
        "deeds",
        "The mayor said he had handed over a list of crews his movement wanted freed by Belm.",
        "The mayor said he had handed over a list of crews he wanted Belm to free.",
        None,
    ),
    "a body named before its spokesman": (
        "deeds",
        "The Harbour League denied the charge. Its spokesman, Olaf Penn, said all was well.\n\n"
        "Penn accused Velm Mills of spite.",
        "The Harbour League accused Velm Mills of spite.",
        "Velm Mills accused the Harbour League of spite.",
    ),
    "a ministry for its country": (
        "deeds",
        "The Norlandish Interior Ministry denied the charge. Velland was silent.",
        "Norland denied the charge.",
        "Velland denied the charge.",
    ),
    "a judge, named elsewhere": (
        "deeds",
        "BELM - A Norlandish judge freed the crew of the Norlandish trawler Sea Brisa but held the "
        "captain, Bo Tarn. Judge Ada Lund was calm.",
        "Judge Ada Lund held Captain Bo Tarn.",
        "Captain Bo Tarn held Judge Ada Lund.",
    ),
    "a visit": (
        "deeds",
        "The visit by Norland's president, Ada Lund, to Belm was criticised by the Farm League.",
        "President Ada Lund visited Belm.",
        "Ada Lund criticised the Farm League.",
    ),
}


@pytest.mark.parametrize(("name", "source", "true", "false"), TOLD.values(), ids=TOLD)
def test_what_is_told_in_other_words_is_not_refused(name, source, true, false):
    checks = make.verified(true, source).checks
    assert not any(one.refuses for one in checks if one.name == name)


@pytest.mark.parametrize(
    ("name", "source", "true", "false"),
    [one for one in TOLD.values() if one[-1]],
    ids=[key for key, one in TOLD.items() if one[-1]],
)
def test_what_is_told_otherwise_is_refused(name, source, true, false):
    assert make.verified(false, source).is_refused
